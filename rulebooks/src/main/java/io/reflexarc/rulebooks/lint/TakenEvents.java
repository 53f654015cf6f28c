// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Conditions whose events are taken, by what an event must at least fulfil to be among them: with thousands of rules only the few
 * are compared that can have to do with each other.
 */
final class TakenEvents {
    /** Key of conditions that cannot be told apart by one of their parts. */
    private static final String ANYTHING = "";

    private final Map<String, List<Taken>> byKey = new HashMap<>();

    /** From now on the events of this condition are taken. */
    void add(Rule by, Condition condition) {
        byKey.computeIfAbsent(key(condition), unused -> new ArrayList<>()).add(new Taken(by, condition));
    }

    /** Who takes every event of this condition. */
    Optional<Rule> by(Condition wanted) {
        List<String> keys = new ArrayList<>(List.of(ANYTHING));
        collect(wanted, keys);
        return keys.stream()
                .distinct()
                .flatMap(key -> byKey.getOrDefault(key, List.of()).stream())
                .filter(taken -> Logic.implies(wanted, taken.condition()))
                .map(Taken::by)
                .findFirst();
    }

    /** One part of a conjunction stands for it: whoever fulfils the whole fulfils the part. */
    private static String key(Condition condition) {
        return switch (condition) {
            case Condition.And and -> key(and.left());
            case Condition.Or or -> ANYTHING;
            case Condition.Bare bare -> Logic.isTrue(bare) ? ANYTHING : Canonical.of(bare);
            case Condition.Defined defined -> Canonical.of(defined.path());
            case Condition.Compare compare ->
                Bound.of(compare)
                        .filter(bound -> bound.operator() != Comparison.EQUAL)
                        .map(bound -> Canonical.of(bound.path()))
                        .orElseGet(() -> normal(compare));
            case Condition.Not not -> Canonical.of(not);
            case Condition.Membership in -> Canonical.of(in);
            case Condition.Search search -> Canonical.of(search);
            case Condition.Select select -> Canonical.of(select);
            case Condition.SelectAttr select -> Canonical.of(select);
        };
    }

    /** The same however it is turned. */
    private static String normal(Condition.Compare compare) {
        return Bound.of(compare)
                .map(bound -> Canonical.of(bound.path()) + bound.operator() + Canonical.of(bound.literal()))
                .orElseGet(() -> Canonical.of(compare));
    }

    /** Every key that something implied by a condition can have. */
    private static void collect(Condition condition, List<String> keys) {
        switch (condition) {
            case Condition.And and -> {
                collect(and.left(), keys);
                collect(and.right(), keys);
            }
            case Condition.Or or -> {
                collect(or.left(), keys);
                collect(or.right(), keys);
            }
            case Condition.Compare compare -> {
                keys.add(normal(compare));
                Bound.of(compare).ifPresent(bound -> keys.add(Canonical.of(bound.path())));
            }
            case Condition.Defined defined -> keys.add(Canonical.of(defined.path()));
            case Condition.Not not -> keys.add(Canonical.of(not));
            case Condition.Membership in -> keys.add(Canonical.of(in));
            case Condition.Search search -> keys.add(Canonical.of(search));
            case Condition.Select select -> keys.add(Canonical.of(select));
            case Condition.SelectAttr select -> keys.add(Canonical.of(select));
            case Condition.Bare bare -> keys.add(Canonical.of(bare));
        }
    }

    private record Taken(Rule by, Condition condition) {}
}
