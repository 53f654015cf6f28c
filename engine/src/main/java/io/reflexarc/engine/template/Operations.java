// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Bool;
import io.reflexarc.engine.template.Value.Dict;
import io.reflexarc.engine.template.Value.Document;
import io.reflexarc.engine.template.Value.Float;
import io.reflexarc.engine.template.Value.Int;
import io.reflexarc.engine.template.Value.Seq;
import io.reflexarc.engine.template.Value.Str;
import io.reflexarc.engine.template.Value.Undefined;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators on values, as Python defines them. */
final class Operations {
    /** Larger numbers are nobody's arithmetic. */
    private static final int MAX_BITS = 20_000;

    private final Meter meter;

    Operations(Meter meter) {
        this.meter = meter;
    }

    /** {@code left operator right} for the operators that calculate. */
    Value calculate(String operator, Value left, Value right) {
        require(left);
        require(right);
        if (operator.equals("~")) {
            return text(Texts.str(left) + Texts.str(right));
        }
        if (operator.equals("+") && left instanceof Str a && right instanceof Str b) {
            return text(a.text() + b.text());
        }
        if (operator.equals("+") && left instanceof Seq a && right instanceof Seq b && a.kind() == b.kind()) {
            List<Value> items = new ArrayList<>(a.items());
            items.addAll(b.items());
            meter.steps(items.size());
            return new Seq(items, a.kind());
        }
        if (operator.equals("*") && isRepeat(left, right)) {
            return repeat(left, right);
        }
        if (operator.equals("%") && left instanceof Str format) {
            return text(Formats.percent(format.text(), right));
        }
        Optional<Value> number = number(operator, left, right);
        return number.orElseThrow(() -> new TemplateFailure("unsupported operand type(s) for " + operator + ": '"
                + left.typeName() + "' and '" + right.typeName() + "'"));
    }

    private Value text(String text) {
        meter.characters(text.length());
        return Value.of(text);
    }

    private static boolean isRepeat(Value left, Value right) {
        return isRepeatable(left)
                ? integer(right).isPresent()
                : isRepeatable(right) && integer(left).isPresent();
    }

    private static boolean isRepeatable(Value value) {
        return value instanceof Str || value instanceof Seq;
    }

    private Value repeat(Value left, Value right) {
        Value what = integer(left).isPresent() ? right : left;
        BigInteger times = integer(integer(left).isPresent() ? left : right).orElseThrow();
        int count = times.signum() <= 0
                ? 0
                : times.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
        if (what instanceof Str str) {
            meter.characters((long) str.text().length() * count);
            return Value.of(str.text().repeat(count));
        }
        Seq seq = (Seq) what;
        meter.steps((int) Math.min(Integer.MAX_VALUE, (long) seq.items().size() * count));
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < count && !seq.items().isEmpty(); i++) {
            items.addAll(seq.items());
        }
        return new Seq(items, seq.kind());
    }

    private static Optional<Value> number(String operator, Value left, Value right) {
        Optional<BigInteger> a = integer(left);
        Optional<BigInteger> b = integer(right);
        if (a.isPresent() && b.isPresent()) {
            return Optional.of(whole(operator, a.get(), b.get()));
        }
        if (isNumber(left) && isNumber(right)) {
            return Optional.of(decimal(operator, toDouble(left), toDouble(right)));
        }
        return Optional.empty();
    }

    private static Value whole(String operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case "+" -> new Int(a.add(b));
            case "-" -> new Int(a.subtract(b));
            case "*" -> {
                requireSize((long) a.bitLength() + b.bitLength());
                yield new Int(a.multiply(b));
            }
            case "/" -> {
                requireNotZero(b.signum() == 0, "division by zero");
                yield new Float(quotient(a, b));
            }
            case "//" -> {
                requireNotZero(b.signum() == 0, "integer division or modulo by zero");
                BigInteger[] parts = a.divideAndRemainder(b);
                boolean down = parts[1].signum() != 0 && parts[1].signum() != b.signum();
                yield new Int(down ? parts[0].subtract(BigInteger.ONE) : parts[0]);
            }
            case "%" -> {
                requireNotZero(b.signum() == 0, "integer modulo by zero");
                BigInteger rest = a.remainder(b);
                yield new Int(rest.signum() != 0 && rest.signum() != b.signum() ? rest.add(b) : rest);
            }
            default -> power(a, b);
        };
    }

    /** Python divides whole numbers exactly before it rounds. */
    private static double quotient(BigInteger a, BigInteger b) {
        double left = a.doubleValue();
        double right = b.doubleValue();
        return new BigDecimal(left).toBigInteger().equals(a)
                        && new BigDecimal(right).toBigInteger().equals(b)
                ? left / right
                : new BigDecimal(a)
                        .divide(new BigDecimal(b), MathContext.DECIMAL128)
                        .doubleValue();
    }

    private static Value power(BigInteger a, BigInteger b) {
        if (b.signum() < 0) {
            requireNotZero(a.signum() == 0, "0.0 cannot be raised to a negative power");
            return new Float(Math.pow(a.doubleValue(), b.doubleValue()));
        }
        if (a.abs().compareTo(BigInteger.ONE) <= 0) {
            boolean even = !b.testBit(0);
            return new Int(b.signum() == 0 || (a.signum() < 0 && even) ? BigInteger.ONE : a);
        }
        requireSize(b.bitLength() > 20 ? Long.MAX_VALUE : a.bitLength() * b.longValue());
        return new Int(a.pow(b.intValue()));
    }

    private static Value decimal(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> new Float(a + b);
            case "-" -> new Float(a - b);
            case "*" -> new Float(a * b);
            case "/" -> {
                requireNotZero(b == 0, "float division by zero");
                yield new Float(a / b);
            }
            case "//" -> {
                requireNotZero(b == 0, "float floor division by zero");
                yield new Float(Math.floor(a / b));
            }
            case "%" -> {
                requireNotZero(b == 0, "float modulo");
                double rest = a % b;
                yield new Float(rest != 0 && rest < 0 != b < 0 ? rest + b : rest);
            }
            default -> new Float(Math.pow(a, b));
        };
    }

    private static void requireNotZero(boolean zero, String message) {
        if (zero) {
            throw new TemplateFailure(message);
        }
    }

    private static void requireSize(long bits) {
        if (bits > MAX_BITS) {
            throw new TemplateFailure("the number is too large");
        }
    }

    Value negate(Value value, boolean minus) {
        require(value);
        Optional<BigInteger> whole = integer(value);
        if (whole.isPresent()) {
            return new Int(minus ? whole.get().negate() : whole.get());
        }
        if (value instanceof Float number) {
            return new Float(minus ? -number.number() : number.number());
        }
        throw new TemplateFailure("bad operand type for unary " + (minus ? "-" : "+") + ": '" + value.typeName() + "'");
    }

    /** {@code ==}. */
    boolean same(Value left, Value right) {
        require(left);
        require(right);
        meter.step();
        if (isNumber(left) && isNumber(right)) {
            return compareNumbers(left, right) == 0;
        }
        return switch (left) {
            case Seq a
            when right instanceof Seq b ->
                a.kind() == b.kind() && a.items().size() == b.items().size() && sameItems(a, b);
            case Document a when right instanceof Document b && a.node().equals(b.node()) -> true;
            case Document a -> isDict(right) && sameEntries(a.dict(), dict(right));
            case Dict a -> isDict(right) && sameEntries(a, dict(right));
            default -> left.equals(right);
        };
    }

    private boolean sameItems(Seq a, Seq b) {
        for (int i = 0; i < a.items().size(); i++) {
            if (!same(a.items().get(i), b.items().get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean sameEntries(Dict a, Dict b) {
        if (a.entries().size() != b.entries().size()) {
            return false;
        }
        for (Map.Entry<Value, Value> entry : a.entries().entrySet()) {
            Value other = b.entries().get(entry.getKey());
            if (other == null || !same(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    /** Which of two comes first; fails where Python knows no order. */
    int order(String operator, Value left, Value right) {
        require(left);
        require(right);
        meter.step();
        if (isNumber(left) && isNumber(right)) {
            return compareNumbers(left, right);
        }
        if (left instanceof Str a && right instanceof Str b) {
            return compareTexts(a.text(), b.text());
        }
        if (left instanceof Seq a && right instanceof Seq b && a.kind() == b.kind()) {
            for (int i = 0; i < Math.min(a.items().size(), b.items().size()); i++) {
                if (!same(a.items().get(i), b.items().get(i))) {
                    return order(operator, a.items().get(i), b.items().get(i));
                }
            }
            return Integer.compare(a.items().size(), b.items().size());
        }
        throw new TemplateFailure("'" + operator + "' not supported between instances of '" + left.typeName()
                + "' and '" + right.typeName() + "'");
    }

    /** Python orders by code point, Java by UTF-16 unit. */
    private static int compareTexts(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return Arrays.compare(left, right);
    }

    private static int compareNumbers(Value left, Value right) {
        Optional<BigInteger> a = integer(left);
        Optional<BigInteger> b = integer(right);
        if (a.isPresent() && b.isPresent()) {
            return a.get().compareTo(b.get());
        }
        double x = toDouble(left);
        double y = toDouble(right);
        if (Double.isInfinite(x) || Double.isInfinite(y) || Double.isNaN(x) || Double.isNaN(y)) {
            return Double.compare(x, y);
        }
        return exact(left).compareTo(exact(right));
    }

    private static BigDecimal exact(Value number) {
        return integer(number).map(BigDecimal::new).orElseGet(() -> new BigDecimal(toDouble(number)));
    }

    /** {@code item in container}. */
    boolean contains(Value item, Value container) {
        require(item);
        require(container);
        if (container instanceof Str text) {
            if (item instanceof Str part) {
                return text.text().contains(part.text());
            }
            throw new TemplateFailure("'in <string>' requires string as left operand, not " + item.typeName());
        }
        if (isDict(container)) {
            return container.entry(item).isPresent();
        }
        if (container instanceof Seq seq) {
            return seq.items().stream().anyMatch(candidate -> same(candidate, item));
        }
        throw new TemplateFailure("argument of type '" + container.typeName() + "' is not iterable");
    }

    /** Fails for what is undefined. */
    static void require(Value value) {
        if (value instanceof Undefined undefined) {
            throw new TemplateFailure(undefined.message());
        }
    }

    static boolean isNumber(Value value) {
        return value instanceof Int || value instanceof Float || value instanceof Bool;
    }

    static boolean isDict(Value value) {
        return value instanceof Dict || value instanceof Document;
    }

    static Dict dict(Value value) {
        return value instanceof Document document ? document.dict() : (Dict) value;
    }

    /** The whole number that it is; a boolean is 0 or 1. */
    static Optional<BigInteger> integer(Value value) {
        if (value instanceof Int number) {
            return Optional.of(number.number());
        }
        return value instanceof Bool bool
                ? Optional.of(bool.truth() ? BigInteger.ONE : BigInteger.ZERO)
                : Optional.empty();
    }

    static double toDouble(Value value) {
        return value instanceof Float number
                ? number.number()
                : integer(value)
                        .orElseThrow(() -> new TemplateFailure("not a number"))
                        .doubleValue();
    }
}
