// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.condition.Condition.Comparison;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of conditions mean, for the match and for the explanation alike. Values of different types are never
 * compared: the result is undefined, for {@code !=} too. Only {@code null} may be compared with everything.
 */
final class Operators {
    private Operators() {}

    static Truth compare(Comparison operator, @Nullable Object left, @Nullable Object right) {
        Truth absent = absence(left, right);
        if (absent != null) {
            return absent;
        }
        if (!comparable(left, right)) {
            return Truth.UNDEFINED;
        }
        return switch (operator) {
            case EQUAL -> Truth.of(equal(left, right));
            case NOT_EQUAL -> Truth.of(!equal(left, right));
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> ordered(operator, left, right);
        };
    }

    /** Without an answer of its own where an operand is not there: missing wins over open, since it never becomes true. */
    static @Nullable Truth absence(@Nullable Object left, @Nullable Object right) {
        if (left == Absent.MISSING || right == Absent.MISSING) {
            return Truth.UNDEFINED;
        }
        return left == Absent.OPEN || right == Absent.OPEN ? Truth.OPEN : null;
    }

    /** Whether the two have types that compare. */
    static boolean comparable(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return true;
        }
        if (left instanceof String) {
            return right instanceof String;
        }
        if (left instanceof Number l && right instanceof Number r) {
            return Values.isFinite(l) && Values.isFinite(r);
        }
        return kind(left) == kind(right);
    }

    private static Class<?> kind(Object value) {
        return switch (value) {
            case Number n -> Number.class;
            case String s -> String.class;
            case Boolean b -> Boolean.class;
            case List<?> l -> List.class;
            case Map<?, ?> m -> Map.class;
            default -> value.getClass();
        };
    }

    /** Numbers by value; inside lists and objects 1 and 1.0 differ. */
    static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number l && right instanceof Number r) {
            return compareNumbers(l, r) == 0;
        }
        return Objects.equals(left, right);
    }

    private static Truth ordered(Comparison operator, @Nullable Object left, @Nullable Object right) {
        int order;
        if (left instanceof Number l && right instanceof Number r) {
            order = compareNumbers(l, r);
        } else if (left instanceof String l && right instanceof String r) {
            order = l.compareTo(r);
        } else if (left instanceof Boolean l && right instanceof Boolean r) {
            order = l.compareTo(r);
        } else {
            return left == null || right == null ? Truth.FALSE : Truth.UNDEFINED;
        }
        return Truth.of(
                switch (operator) {
                    case LESS -> order < 0;
                    case LESS_OR_EQUAL -> order <= 0;
                    case GREATER -> order > 0;
                    case GREATER_OR_EQUAL -> order >= 0;
                    case EQUAL -> order == 0;
                    case NOT_EQUAL -> order != 0;
                });
    }

    private static int compareNumbers(Number left, Number right) {
        if (left instanceof Integer l && right instanceof Integer r) {
            return Integer.compare(l, r);
        }
        return Values.exact(left).compareTo(Values.exact(right));
    }

    /** Membership: whatever is not a list counts as a list of one. */
    static Truth contains(@Nullable Object list, @Nullable Object item, boolean negated) {
        Truth absent = absence(list, item);
        if (absent != null) {
            return absent;
        }
        return Truth.of(holds(list, item) != negated);
    }

    private static boolean holds(@Nullable Object list, @Nullable Object item) {
        if (!(list instanceof List<?> items)) {
            return sameKindAndEqual(list, item);
        }
        for (Object each : items) {
            if (sameKindAndEqual(each, item)) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameKindAndEqual(@Nullable Object left, @Nullable Object right) {
        return comparable(left, right) && equal(left, right);
    }

    /**
     * One element against the value of a {@code select}: other types are merely not equal. A null element passes where null
     * is asked for, by whatever operator, and nowhere else.
     */
    static boolean selects(Patterns patterns, String operator, @Nullable Object element, @Nullable Object value) {
        if (element == null) {
            return value == null;
        }
        return switch (operator) {
            case "==" -> sameKindAndEqual(element, value);
            case "!=" -> !sameKindAndEqual(element, value);
            case "<" -> compare(Comparison.LESS, element, value) == Truth.TRUE;
            case "<=" -> compare(Comparison.LESS_OR_EQUAL, element, value) == Truth.TRUE;
            case ">" -> compare(Comparison.GREATER, element, value) == Truth.TRUE;
            case ">=" -> compare(Comparison.GREATER_OR_EQUAL, element, value) == Truth.TRUE;
            case "in" -> contains(value, element, false) == Truth.TRUE;
            case "not in" -> contains(value, element, true) == Truth.TRUE;
            case "contains" -> contains(element, value, false) == Truth.TRUE;
            case "not contains" -> contains(element, value, true) == Truth.TRUE;
            case "match", "search", "regex" -> value != null && patterns.finds(value, element);
            default -> false;
        };
    }

    /** An operand that is null or missing counts as not written; what cannot be computed is missing. */
    static @Nullable Object arithmetic(@Nullable Object left, char operator, @Nullable Object right) {
        if (left == null || left == Absent.MISSING) {
            return right == null ? left : right;
        }
        if (right == null || right == Absent.MISSING) {
            return left;
        }
        if (left == Absent.OPEN || right == Absent.OPEN) {
            return Absent.OPEN;
        }
        if (left instanceof String text && operator == '+' && (right instanceof String || right instanceof Number)) {
            return text + right;
        }
        if (left instanceof Number l && right instanceof Number r && Values.isFinite(l) && Values.isFinite(r)) {
            return Values.isWhole(l) && Values.isWhole(r)
                    ? wholes(
                            Values.exact(l).toBigInteger(),
                            operator,
                            Values.exact(r).toBigInteger())
                    : decimals(l.doubleValue(), operator, r.doubleValue());
        }
        return Absent.MISSING;
    }

    private static Object wholes(BigInteger left, char operator, BigInteger right) {
        return switch (operator) {
            case '+' -> Values.whole(left.add(right));
            case '-' -> Values.whole(left.subtract(right));
            case '*' -> Values.whole(left.multiply(right));
            case '/' -> quotient(left, right);
            default -> Absent.MISSING;
        };
    }

    private static Object quotient(BigInteger left, BigInteger right) {
        if (right.signum() == 0) {
            return Absent.MISSING;
        }
        BigInteger[] parts = left.divideAndRemainder(right);
        return parts[1].signum() == 0
                ? Values.whole(parts[0])
                : finite(new BigDecimal(left).doubleValue() / new BigDecimal(right).doubleValue());
    }

    private static Object decimals(double left, char operator, double right) {
        return switch (operator) {
            case '+' -> finite(left + right);
            case '-' -> finite(left - right);
            case '*' -> finite(left * right);
            case '/' -> finite(left / right);
            default -> Absent.MISSING;
        };
    }

    private static Object finite(double value) {
        return Double.isFinite(value) ? (Object) value : Absent.MISSING;
    }
}
