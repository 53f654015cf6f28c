// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.condition.Condition;
import io.reflexarc.rulebooks.condition.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What follows from the form of conditions. Both questions are answered with {@code true} only when it is certain; nothing is
 * concluded from what stands under {@code not}, whose parts may be undefined.
 */
final class Logic {
    private Logic() {}

    /** Whether every event that fulfils the one fulfils the other too. Costs no more than the product of their sizes. */
    static boolean implies(Condition one, Condition other) {
        if (isTrue(other) || Canonical.of(one).equals(Canonical.of(other))) {
            return true;
        }
        if (other instanceof Condition.And and) {
            return implies(one, and.left()) && implies(one, and.right());
        }
        if (one instanceof Condition.Or or) {
            return implies(or.left(), other) && implies(or.right(), other);
        }
        List<Condition> parts = parts(one);
        List<Condition> alternatives = alternatives(other);
        if (parts.size() > 1 || alternatives.size() > 1) {
            return parts.stream().anyMatch(part -> alternatives.stream().anyMatch(choice -> implies(part, choice)));
        }
        Optional<Bound> bound = Bound.of(one);
        if (bound.isPresent() && other instanceof Condition.Defined defined && !defined.negated()) {
            return Canonical.of(bound.get().path()).equals(Canonical.of(defined.path()));
        }
        return bound.isPresent() && Bound.of(other).filter(bound.get()::implies).isPresent();
    }

    /** The parts of which one must hold. */
    private static List<Condition> alternatives(Condition condition) {
        if (!(condition instanceof Condition.Or or)) {
            return List.of(condition);
        }
        List<Condition> alternatives = new ArrayList<>(alternatives(or.left()));
        alternatives.addAll(alternatives(or.right()));
        return alternatives;
    }

    /** Whether no event can fulfil it. */
    static boolean never(Condition condition) {
        return switch (condition) {
            case Condition.Bare bare -> bare.expression() instanceof Expression.Truth truth && !truth.value();
            case Condition.Or or -> never(or.left()) && never(or.right());
            case Condition.And and -> {
                List<Condition> parts = parts(and);
                yield parts.stream().anyMatch(Logic::never) || contradictory(parts);
            }
            case Condition.Compare compare -> impossible(compare);
            case Condition.Not not -> isTrue(not.condition());
            case Condition.Membership in -> false;
            case Condition.Defined defined -> false;
            case Condition.Search search -> false;
            case Condition.Select select -> false;
            case Condition.SelectAttr select -> false;
        };
    }

    /** A field compared with itself. */
    private static boolean impossible(Condition.Compare compare) {
        boolean same = compare.left() instanceof Expression.Path
                && Canonical.of(compare.left()).equals(Canonical.of(compare.right()));
        return same
                && switch (compare.operator()) {
                    case NOT_EQUAL, LESS, GREATER -> true;
                    case EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL -> false;
                };
    }

    private static boolean contradictory(List<Condition> parts) {
        for (int i = 0; i < parts.size(); i++) {
            for (Condition other : parts.subList(i + 1, parts.size())) {
                if (contradictory(parts.get(i), other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean contradictory(Condition one, Condition other) {
        if (one instanceof Condition.Defined a && other instanceof Condition.Defined b) {
            return a.negated() != b.negated() && Canonical.of(a.path()).equals(Canonical.of(b.path()));
        }
        if (absent(one, other) || absent(other, one)) {
            return true;
        }
        Optional<Bound> bound = Bound.of(one);
        return bound.isPresent()
                && Bound.of(other).filter(bound.get()::contradicts).isPresent();
    }

    /** A field that must be absent and have a value. */
    private static boolean absent(Condition one, Condition other) {
        return one instanceof Condition.Defined defined
                && defined.negated()
                && Bound.of(other)
                        .filter(bound -> Canonical.of(bound.path()).equals(Canonical.of(defined.path())))
                        .isPresent();
    }

    /** The parts that must all hold. */
    static List<Condition> parts(Condition condition) {
        if (!(condition instanceof Condition.And and)) {
            return List.of(condition);
        }
        List<Condition> parts = new ArrayList<>(parts(and.left()));
        parts.addAll(parts(and.right()));
        return parts;
    }

    static boolean isTrue(Condition condition) {
        return condition instanceof Condition.Bare bare
                && bare.expression() instanceof Expression.Truth truth
                && truth.value();
    }

    /** {@code x is not defined} as the whole condition asks about everything in memory, not about one event. */
    static boolean asksMemory(Condition condition) {
        return switch (condition) {
            case Condition.Defined defined -> defined.negated();
            case Condition.And and -> asksMemory(and.left()) && asksMemory(and.right());
            case Condition.Or or -> asksMemory(or.left()) || asksMemory(or.right());
            case Condition.Not not -> not.condition() instanceof Condition.Defined;
            case Condition.Compare compare -> false;
            case Condition.Membership in -> false;
            case Condition.Search search -> false;
            case Condition.Select select -> false;
            case Condition.SelectAttr select -> false;
            case Condition.Bare bare -> false;
        };
    }

    /** Whether it looks into what another condition of the rule matched. */
    static boolean looksElsewhere(Condition condition) {
        return Canonical.of(condition).matches("(?s).*\\$[A-Za-z0-9_].*");
    }
}
