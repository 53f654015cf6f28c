// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.history.RecordedStreams;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.SourceSpec;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Every stream of the site: the event streams, and one for each ruleset whose sources its activation runs itself. */
final class SiteStreams implements RecordedStreams {
    /** Versions whose sources are remembered; a version never changes. */
    private static final int REMEMBERED = 1_000;

    private final RecordedStreams named;
    private final ActivationStore activations;
    private final RulebookStore rulebooks;
    private final BiFunction<String, JsonText, Rulebook> parser;
    private final Map<Key, Map<String, Set<String>>> sources = new ConcurrentHashMap<>();

    SiteStreams(
            EventStreamStore streams,
            ActivationStore activations,
            RulebookStore rulebooks,
            BiFunction<String, JsonText, Rulebook> parser) {
        this.named = RecordedStreams.of(streams);
        this.activations = activations;
        this.rulebooks = rulebooks;
        this.parser = parser;
    }

    @Override
    public Future<List<RecordedStream>> list() {
        return named.list().compose(streams -> page(1, new ArrayList<>(streams)));
    }

    private Future<List<RecordedStream>> page(int number, List<RecordedStream> found) {
        return activations
                .list(new PageRequest(number, PageRequest.MAX_SIZE, Map.of()))
                .compose(page -> each(page, 0, found))
                .compose(page -> page.items().size() < PageRequest.MAX_SIZE
                        ? Future.succeededFuture(found)
                        : page(number + 1, found));
    }

    private Future<Page<Activation>> each(Page<Activation> page, int index, List<RecordedStream> found) {
        if (index == page.items().size()) {
            return Future.succeededFuture(page);
        }
        Activation activation = page.items().get(index);
        return sources(activation).compose(rulesets -> {
            rulesets.forEach((ruleset, names) -> {
                Set<String> own = names.stream()
                        .filter(name -> !activation.sources().containsKey(name))
                        .collect(Collectors.toSet());
                if (!own.isEmpty()) {
                    found.add(stream(activation, ruleset, own));
                }
            });
            return each(page, index + 1, found);
        });
    }

    private static RecordedStream stream(Activation activation, String ruleset, Set<String> own) {
        return new RecordedStream(
                StreamId.ofSources(activation.id(), ruleset),
                Optional.empty(),
                RecordedStream.nameOf(activation.name(), own),
                activation.eventsSeen(),
                Optional.of(activation.id()),
                own);
    }

    /** Names of the sources of each ruleset; none of a rulebook that cannot be read. */
    private Future<Map<String, Set<String>>> sources(Activation activation) {
        Key key = new Key(activation.rulebookVersion(), activation.variables());
        Map<String, Set<String>> known = sources.get(key);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        return rulebooks.version(activation.rulebookVersion()).map(version -> {
            Map<String, Set<String>> read =
                    version.map(one -> read(one.text(), activation.variables())).orElse(Map.of());
            if (sources.size() >= REMEMBERED) {
                sources.clear();
            }
            sources.put(key, read);
            return read;
        });
    }

    private Map<String, Set<String>> read(String text, JsonText variables) {
        try {
            Map<String, Set<String>> read = new LinkedHashMap<>();
            parser.apply(text, variables)
                    .rulesets()
                    .forEach(ruleset -> read.put(
                            ruleset.name(),
                            ruleset.sources().stream().map(SourceSpec::name).collect(Collectors.toSet())));
            return read;
        } catch (ProblemException e) {
            return Map.of();
        }
    }

    /** What the sources of a rulebook depend on: a variable may name them. */
    private record Key(long version, JsonText variables) {}
}
