// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.condition.Expression.Path;
import io.reflexarc.rulebooks.condition.Expression.Step;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as Jackson parses them: reading paths, and bringing numbers into one form. */
final class Values {
    private static final BigInteger MIN_INT = BigInteger.valueOf(Integer.MIN_VALUE);
    private static final BigInteger MAX_INT = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private Values() {}

    /** A {@code null} on the way ends it: the value is {@code null} then. */
    static @Nullable Object read(Path path, Scope scope) {
        Object value = scope.root(path.binding());
        for (Step step : path.steps()) {
            if (value == null || value instanceof Absent) {
                return value;
            }
            value = read(value, step);
        }
        return value;
    }

    private static @Nullable Object read(Object from, Step step) {
        return switch (step) {
            case Step.Key key -> from instanceof Map<?, ?> map ? field(map, key.key()) : Absent.MISSING;
            case Step.Index index -> from instanceof List<?> list ? element(list, index.index()) : Absent.MISSING;
            case Step.Name name ->
                switch (from) {
                    case Map<?, ?> map -> field(map, name.name());
                    case List<?> list -> collect(list, name.name());
                    default -> Absent.MISSING;
                };
        };
    }

    static @Nullable Object field(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null && !map.containsKey(key) ? Absent.MISSING : value;
    }

    private static @Nullable Object element(List<?> list, int index) {
        int at = index < 0 ? list.size() + index : index;
        return at < 0 || at >= list.size() ? Absent.MISSING : list.get(at);
    }

    /** The field of every element that has it; lists found on the way are flattened by one level. */
    private static Object collect(List<?> list, String name) {
        List<@Nullable Object> found = new ArrayList<>();
        for (Object element : list) {
            Object value = switch (element) {
                case Map<?, ?> map -> field(map, name);
                case List<?> inner -> collect(inner, name);
                case null, default -> Absent.MISSING;
            };
            if (value instanceof List<?> inner) {
                found.addAll(inner);
            } else if (value != Absent.MISSING) {
                found.add(value);
            }
        }
        return found.isEmpty() ? Absent.MISSING : found;
    }

    /** The type that Jackson gives a whole number of this size. */
    static Number whole(BigInteger value) {
        if (value.compareTo(MIN_INT) >= 0 && value.compareTo(MAX_INT) <= 0) {
            return value.intValue();
        }
        return value.compareTo(MIN_LONG) >= 0 && value.compareTo(MAX_LONG) <= 0 ? (Number) value.longValue() : value;
    }

    static boolean isWhole(Number number) {
        return number instanceof Integer || number instanceof Long || number instanceof BigInteger;
    }

    /** Whether it can be compared; infinities come from numbers too big for a {@code double}. */
    static boolean isFinite(Number number) {
        return isWhole(number) || Double.isFinite(number.doubleValue());
    }

    /** Exact, and the same for equal numbers of any type. */
    static BigDecimal exact(Number number) {
        BigDecimal exact = switch (number) {
            case Integer i -> BigDecimal.valueOf(i);
            case Long l -> BigDecimal.valueOf(l);
            case BigInteger big -> new BigDecimal(big);
            case BigDecimal decimal -> decimal;
            default -> new BigDecimal(number.doubleValue());
        };
        return exact.stripTrailingZeros();
    }

    /** Equal for values that the language calls equal; null for what no literal but {@code null} equals. */
    static @Nullable Object key(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Integer whole -> (long) whole;
            case Long whole -> whole;
            case Number number when isFinite(number) -> key(exact(number));
            default -> null;
        };
    }

    private static Object key(BigDecimal number) {
        if (number.scale() > 0) {
            return number;
        }
        BigInteger whole = number.toBigInteger();
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    }

    /** The same text for equal numbers of any type, another for different ones. */
    static String canonicalText(Number number) {
        if (isWhole(number)) {
            return number.toString();
        }
        double value = number.doubleValue();
        return value == Math.rint(value) ? new BigDecimal(value).toBigInteger().toString() : Double.toString(value);
    }
}
