// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RulebookParserPropertyTest {
    private static final List<String> LINES = List.of(
            "- name: a",
            "  hosts: all",
            "  default_events_ttl: 1 hour",
            "  sources:",
            "    - name: s",
            "      ansible.eda.webhook: {port: 1}",
            "      filters: [x: {y: 1}]",
            "  rules:",
            "    - name: r",
            "      condition:",
            "        all: &all",
            "          - events.first << event.a == 1",
            "          - event.b == events.first.a",
            "        timeout: 5 seconds",
            "      action:",
            "        run_playbook: {name: p, extra_vars: {z: [1, 2]}}",
            "    - name: r2",
            "      condition: event.x is select('>', 1)",
            "      throttle: {once_after: 1 minute, group_by_attributes: [event.h]}",
            "      actions:",
            "        - debug: {msg: hi}",
            "        - {set_fact: {fact: {k: v}}}");

    private final RulebookParser parser = new RulebookParser(Set.of(), StringTemplate.NONE);

    @Property(tries = 3_000)
    void neverThrowsAnythingButAProblemOnDamagedRulebooks(@ForAll("damaged") String yaml) {
        assertLoadsOrExplains(yaml);
    }

    @Property(tries = 2_000)
    void neverThrowsAnythingButAProblemOnAnyText(@ForAll String yaml) {
        assertLoadsOrExplains(yaml);
    }

    private void assertLoadsOrExplains(String yaml) {
        try {
            assertThat(parser.parse(yaml, "f.yml", JsonText.EMPTY_OBJECT).rulesets())
                    .isNotEmpty();
        } catch (ProblemException e) {
            assertThat(e.errors())
                    .isNotEmpty()
                    .allSatisfy(error -> assertThat(error.pointer()).matches("f\\.yml:[1-9][0-9]*:[1-9][0-9]*"));
        }
    }

    /** A good rulebook with one to four pieces of its text removed, doubled or replaced. */
    @Provide
    Arbitrary<String> damaged() {
        String whole = String.join("\n", LINES);
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "  ",
                        "\n",
                        ":",
                        "- ",
                        "[",
                        "]",
                        "{",
                        "}",
                        "'",
                        "\"",
                        "~",
                        "&a ",
                        "*all",
                        "<<: *all",
                        "null",
                        "5",
                        "yes",
                        "!vault x",
                        "!!binary x",
                        "1 second",
                        "{{ x }}",
                        "<<",
                        "#",
                        "\t",
                        "---\n",
                        "event."),
                Arbitraries.of(LINES).map(line -> line + "\n"),
                Arbitraries.strings().ofMaxLength(4));
        Arbitrary<Integer> at = Arbitraries.integers().between(0, whole.length());
        Arbitrary<List<Damage>> damages = Combinators.combine(
                        at, Arbitraries.integers().between(0, 12), piece)
                .as(Damage::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        return damages.map(list -> {
            String text = whole;
            for (Damage damage : list) {
                text = damage.apply(text);
            }
            return text;
        });
    }

    private record Damage(int at, int length, String piece) {
        String apply(String text) {
            int from = Math.min(at, text.length());
            return text.substring(0, from) + piece + text.substring(Math.min(from + length, text.length()));
        }
    }
}
