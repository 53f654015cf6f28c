// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.PluginPath.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SourceCatalogueTest {
    private final SourceCatalogue sources = new SourceCatalogue(List.of(Clocks.class), new Python());
    private final FilterCatalogue filters = new FilterCatalogue(List.of(Keys.class), PluginPath.NONE);

    private static JsonText json(String text) {
        return JsonText.ofString(text.replace('\'', '"'));
    }

    @Test
    void aSourceIsMadeOfItsArgumentsWhateverItsName() {
        assertThat(sources.decode("eda.builtin.beat", json("{'every_second': 3}")))
                .isEqualTo(new Beat(3, Optional.empty()));
        assertThat(sources.decode("ansible.eda.beat", json("{'every_second': '4', 'label': 'x'}")))
                .isEqualTo(new Beat(4, Optional.of("x")));
        assertThat(sources.resolve("ansible.eda.beat")).isEqualTo("eda.builtin.beat");
        assertThat(sources.resolve("community.eda.beat")).isEqualTo("community.eda.beat");
    }

    @Test
    void argumentsThatASourceDoesNotKnowAreIgnored() {
        assertThat(sources.decode("eda.builtin.beat", json("{'every_second': 3, 'odd': 1}")))
                .isEqualTo(new Beat(3, Optional.empty()));
    }

    @Test
    void aWrongArgumentIsNamedWithWhatItMustBe() {
        refused(
                "eda.builtin.beat: the argument \"every_second\" must be a whole number, not that text",
                "{'every_second': 'soon'}");
        refused(
                "eda.builtin.beat: the argument \"label\" must be a string, not a mapping",
                "{'every_second': 1, 'label': {}}");
        refused("eda.builtin.beat: every_second is missing: write how often", "{}");
    }

    private void refused(String sentence, String arguments) {
        assertThatThrownBy(() -> sources.decode("eda.builtin.beat", json(arguments)))
                .isInstanceOf(ProblemException.class)
                .hasMessage(sentence)
                .extracting(e -> ((ProblemException) e).type())
                .isEqualTo(ProblemType.INVALID);
    }

    @Test
    void anUnknownArgumentOfAFilterIsRefused() {
        assertThatThrownBy(() -> filters.decode("eda.builtin.upper", json("{'kees': []}")))
                .hasMessage("eda.builtin.upper: there is no argument \"kees\"; it knows keys");
    }

    @Test
    void unknownNamesSayWhatToDo() {
        assertThatThrownBy(() -> sources.decode("beat", JsonText.EMPTY_OBJECT))
                .hasMessageContaining("could not find the source plugin beat")
                .hasMessageContaining("collection");
        assertThatThrownBy(() -> filters.decode("upper", JsonText.EMPTY_OBJECT))
                .hasMessageContaining("could not find the source filter plugin upper");
    }

    @Test
    void givenDirectoriesComeBeforeOursAndInstalledOnesAfter() {
        Source given = sources.decode("community.eda.beat", JsonText.EMPTY_OBJECT);
        Source installed = sources.decode("my.collection.thing", JsonText.EMPTY_OBJECT);
        assertThat(given).isEqualTo(new Beat(100, Optional.of("GIVEN")));
        assertThat(installed).isEqualTo(new Beat(100, Optional.of("INSTALLED")));
    }

    sealed interface Clocks extends Source permits Beat {}

    @Source.Name(
            value = {"eda.builtin.beat", "community.eda.beat"},
            formerly = "ansible.eda.beat")
    record Beat(Integer everySecond, Optional<String> label) implements Clocks {
        Beat {
            if (everySecond == null) {
                throw new ProblemException(ProblemType.INVALID, "every_second is missing: write how often");
            }
        }

        @Override
        public void run(SourceContext context) {}
    }

    sealed interface Keys extends Filter permits Upper {}

    @Filter.Name("eda.builtin.upper")
    record Upper(List<String> keys) implements Keys {
        @Override
        public List<ObjectNode> apply(ObjectNode event) {
            return List.of(event);
        }
    }

    private static final class Python implements PluginPath {
        @Override
        public Optional<Source> source(Place place, String name, JsonText arguments) {
            boolean there = place == Place.GIVEN ? name.equals("community.eda.beat") : name.startsWith("my.");
            return there ? Optional.of(new Beat(100, Optional.of(place.name()))) : Optional.empty();
        }

        @Override
        public Optional<Filter> filter(Place place, String name, JsonText arguments) {
            return Optional.empty();
        }
    }
}
