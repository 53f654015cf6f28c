// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import static io.reflexarc.engine.Make.all;
import static io.reflexarc.engine.Make.allWithin;
import static io.reflexarc.engine.Make.compare;
import static io.reflexarc.engine.Make.foreign;
import static io.reflexarc.engine.Make.is;
import static io.reflexarc.engine.Make.notDefined;
import static io.reflexarc.engine.Make.path;
import static io.reflexarc.engine.Make.rule;
import static io.reflexarc.engine.Make.ruleset;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract that we rely on from Drools and its rule units, with every trap that was met. */
class RulesetUnitTest {
    private long sequence;

    @Test
    void constantsOfDifferentTypesDoNotShareANode() {
        RulesetUnit unit = unit(rule("number", is("i", 1)), rule("text", is("i", "1")));

        assertThat(inserted(unit, "{\"i\":1}")).containsExactly("number");
        assertThat(inserted(unit, "{\"i\":\"1\"}")).containsExactly("text");
        assertThat(inserted(unit, "{\"i\":1.0}")).containsExactly("number");
        assertThat(inserted(unit, "{\"i\":true}")).isEmpty();
    }

    @Test
    void hashIndexKeepsEqualityOfNumbers() {
        RulesetUnit unit = unit(
                rule("a", is("i", "a")),
                rule("b", is("i", "b")),
                rule("s1", is("i", "1")),
                rule("1", is("i", 1)),
                rule("2", is("i", 2)),
                rule("2.5", is("i", 2.5)),
                rule("3", is("i", 3L)),
                rule("big", is("i", new java.math.BigInteger("12345678901234567890"))),
                rule("true", is("i", true)));

        assertThat(inserted(unit, "{\"i\":1}")).containsExactly("1");
        assertThat(inserted(unit, "{\"i\":2.0}")).containsExactly("2");
        assertThat(inserted(unit, "{\"i\":2.5}")).containsExactly("2.5");
        assertThat(inserted(unit, "{\"i\":\"1\"}")).containsExactly("s1");
        assertThat(inserted(unit, "{\"i\":true}")).containsExactly("true");
        assertThat(inserted(unit, "{\"i\":12345678901234567890}")).containsExactly("big");
        assertThat(inserted(unit, "{\"i\":[1]}")).isEmpty();
        assertThat(inserted(unit, "{\"i\":null}")).isEmpty();
        assertThat(inserted(unit, "{}")).isEmpty();
    }

    @Test
    void manyRangesOnOneFieldTakeAnyType() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rules.add(rule("g" + i, compare(path("i"), Comparison.GREATER, i)));
            rules.add(rule("l" + i, compare(path("i"), Comparison.LESS_OR_EQUAL, "k" + i)));
        }
        RulesetUnit unit = unit(rules.toArray(Rule[]::new));

        assertThat(inserted(unit, "{\"i\":2}")).containsExactlyInAnyOrder("g0", "g1");
        assertThat(inserted(unit, "{\"i\":1.5}")).containsExactlyInAnyOrder("g0", "g1");
        assertThat(inserted(unit, "{\"i\":99999999999}")).hasSize(12);
        assertThat(inserted(unit, "{\"i\":\"k9\"}")).containsExactly("l9");
        assertThat(inserted(unit, "{\"i\":null}")).isEmpty();
        assertThat(inserted(unit, "{\"i\":{}}")).isEmpty();
        assertThat(inserted(unit, "{}")).isEmpty();
    }

    @Test
    void joinsOnAFieldOfBothButNotWhereBothLackIt() {
        RulesetUnit unit = unit(rule(
                "join",
                all(
                        is("kind", "a"),
                        io.reflexarc.engine.Make.and(
                                is("kind", "b"), compare(path("id"), Comparison.EQUAL, foreign("m_0", "id"))))));

        assertThat(inserted(
                        unit, "{\"kind\":\"a\",\"id\":1}", "{\"kind\":\"a\",\"id\":2}", "{\"kind\":\"b\",\"id\":2}"))
                .containsExactly("join");
        assertThat(inserted(unit, "{\"kind\":\"a\"}", "{\"kind\":\"b\"}")).isEmpty();
        assertThat(inserted(unit, "{\"kind\":\"a\",\"id\":null}", "{\"kind\":\"b\",\"id\":null}"))
                .containsExactly("join");
        assertThat(inserted(unit, "{\"kind\":\"b\",\"id\":\"x\"}", "{\"kind\":\"a\",\"id\":\"x\"}"))
                .containsExactly("join");
    }

    @Test
    void joinsWithDifferentPartnersDoNotShareANode() {
        RulesetUnit unit = unit(
                rule("first", all(is("n", 0), is("n", 1), compare(path("x"), Comparison.EQUAL, foreign("m_0", "v")))),
                rule("second", all(is("n", 0), is("n", 1), compare(path("x"), Comparison.EQUAL, foreign("m_1", "v")))),
                rule("less", all(is("n", 0), is("n", 1), compare(path("x"), Comparison.LESS, foreign("m_0", "v")))),
                rule("lesser", all(is("n", 0), is("n", 1), compare(path("x"), Comparison.LESS, foreign("m_1", "v")))));

        assertThat(inserted(unit, "{\"n\":0,\"v\":5}", "{\"n\":1,\"v\":7}", "{\"x\":5}"))
                .containsExactlyInAnyOrder("first", "lesser");
        assertThat(inserted(unit, "{\"n\":0,\"v\":5}", "{\"n\":1,\"v\":7}", "{\"x\":7}"))
                .containsExactly("second");
    }

    @Test
    void tupleListsItemsInTheOrderOfTheConditions() {
        RulesetUnit unit = unit(rule("three", all(is("n", 0), is("n", 1), is("n", 2))));
        for (int n : new int[] {2, 0, 1}) {
            unit.insert(item("{\"n\":" + n + "}", unit.now()));
        }

        List<Found> found = unit.fire();

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().items())
                .extracting(item -> item.fields().get("n"))
                .containsExactly(0, 1, 2);
    }

    @Test
    void eventsOlderThanTheirTimeToLiveAreGone() {
        RulesetUnit unit = unit(ruleset(false, Duration.ofSeconds(1), rule("join", all(is("n", 0), is("n", 1)))));
        Item early = item("{\"n\":0}", unit.now(), 1000);
        unit.insert(early);
        unit.fire();

        unit.advance(unit.now() + 999);
        unit.fire();
        assertThat(unit.holds(early)).isTrue();

        unit.advance(unit.now() + 1);
        unit.expire();
        unit.fire();
        assertThat(unit.holds(early)).isFalse();
        unit.insert(item("{\"n\":1}", unit.now()));
        assertThat(unit.fire()).isEmpty();
    }

    @Test
    void timeoutIsTheLargestDistanceInclusive() {
        RulesetUnit unit = unit(rule("soon", allWithin(Duration.ofSeconds(1), is("n", 0), is("n", 1))));
        unit.insert(item("{\"n\":1}", unit.now()));
        unit.advance(unit.now() + 1000);
        unit.insert(item("{\"n\":0}", unit.now()));
        assertThat(unit.fire()).hasSize(1);

        unit.advance(unit.now() + 1001);
        unit.insert(item("{\"n\":1}", unit.now()));
        assertThat(unit.fire()).isEmpty();
    }

    @Test
    void absenceIsTrueOnceUntilItChanges() {
        RulesetUnit unit = unit(rule("absent", notDefined("a")));
        assertThat(unit.fire()).hasSize(1);
        assertThat(unit.fire()).isEmpty();

        Item present = item("{\"a\":1}", unit.now());
        unit.insert(present);
        assertThat(unit.fire()).isEmpty();
        unit.delete(present);
        assertThat(unit.fire()).hasSize(1);
    }

    @Test
    void itemsThatNoPatternTakesDoNotMatter() {
        RulesetUnit unit = unit(rule("join", all(is("n", 0), is("n", 1))), rule("single", is("n", 3)));
        Item partner = item("{\"n\":0}", unit.now());
        Item single = item("{\"n\":3}", unit.now());
        Item stray = item("{\"n\":2}", unit.now());
        for (Item each : List.of(partner, single, stray)) {
            unit.insert(each);
            unit.fire();
        }

        assertThat(unit.matters(partner)).isTrue();
        assertThat(unit.matters(single)).isTrue();
        assertThat(unit.matters(stray)).isFalse();
        assertThat(unit.waits(partner)).isTrue();
        assertThat(unit.waits(single)).isFalse();
    }

    private RulesetUnit unit(Rule... rules) {
        return unit(ruleset(rules));
    }

    private static RulesetUnit unit(Ruleset ruleset) {
        return new RulesetUnit(new CompiledRuleset(ruleset, true), 1_000_000);
    }

    private Item item(String json, long at) {
        return item(json, at, 3_600_000);
    }

    private Item item(String json, long at, long ttl) {
        return new Item(sequence, new EventId("e" + sequence++), false, JsonText.ofString(json), at, ttl);
    }

    /** Names of the rules that the events complete. */
    private List<String> inserted(RulesetUnit unit, String... events) {
        List<Item> items = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String event : events) {
            Item item = item(event, unit.now());
            items.add(item);
            unit.insert(item);
            unit.fire().forEach(found -> names.add(found.terminal().rule().name()));
        }
        items.forEach(unit::delete);
        unit.fire();
        return names;
    }
}
