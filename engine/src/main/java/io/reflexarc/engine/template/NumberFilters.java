// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Float;
import io.reflexarc.engine.template.Value.Int;
import io.reflexarc.engine.template.Value.Str;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** Filters on numbers. */
final class NumberFilters {
    private static final int MAX_DIGITS = 4_300;

    private NumberFilters() {}

    static Value apply(Evaluation evaluation, String name, Value value, Arguments arguments) {
        return switch (name) {
            case "abs" -> absolute(evaluation, value);
            case "int" -> toInt(value, arguments);
            case "float" ->
                toFloat(value)
                        .<Value>map(Float::new)
                        .orElseGet(() -> arguments.get(0, "default").orElse(new Float(0)));
            default -> round(value, arguments);
        };
    }

    private static Value absolute(Evaluation evaluation, Value value) {
        if (!Operations.isNumber(value)) {
            throw new TemplateFailure("bad operand type for abs(): '" + value.typeName() + "'");
        }
        boolean negative = evaluation.operations().order("<", value, Value.of(0)) < 0;
        return evaluation.operations().negate(value, negative);
    }

    private static Value toInt(Value value, Arguments arguments) {
        Value fallback = arguments.get(0, "default").orElse(Value.of(0));
        Optional<BigInteger> whole = Operations.integer(value);
        if (whole.isPresent()) {
            return new Int(whole.get());
        }
        if (value instanceof Str str) {
            Optional<BigInteger> read = whole(str.text().strip().replace("_", ""), arguments.number(1, "base", 10));
            if (read.isPresent()) {
                return new Int(read.get());
            }
        }
        return toFloat(value)
                .filter(number -> !Double.isNaN(number) && !Double.isInfinite(number))
                .<Value>map(number -> new Int(new BigDecimal(number).toBigInteger()))
                .orElse(fallback);
    }

    private static Optional<BigInteger> whole(String digits, int base) {
        if (digits.length() > MAX_DIGITS || base < Character.MIN_RADIX || base > Character.MAX_RADIX) {
            return Optional.empty();
        }
        String prefix = base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : "";
        boolean prefixed = !prefix.isEmpty() && digits.toLowerCase(Locale.ROOT).startsWith(prefix);
        try {
            return Optional.of(new BigInteger(prefixed ? digits.substring(2) : digits, base));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<Double> toFloat(Value value) {
        if (Operations.isNumber(value)) {
            return Optional.of(Operations.toDouble(value));
        }
        if (!(value instanceof Str str) || str.text().length() > MAX_DIGITS) {
            return Optional.empty();
        }
        String text = str.text().strip().replace("_", "");
        // Java reads "1d" and "0x1p3" as numbers, Python does not.
        boolean plain = text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
        try {
            return plain ? Optional.of(Double.valueOf(text)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Value round(Value value, Arguments arguments) {
        int precision = arguments.number(0, "precision", 0);
        String method = arguments.text(1, "method", "common");
        if (!Operations.isNumber(value)) {
            throw new TemplateFailure("type " + value.typeName() + " doesn't define __round__ method");
        }
        if (Math.abs(precision) > 300) {
            throw new TemplateFailure("the precision is too large");
        }
        RoundingMode mode = switch (method) {
            case "common" -> RoundingMode.HALF_EVEN;
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> throw new TemplateFailure("method must be common, ceil or floor");
        };
        Optional<BigInteger> whole = Operations.integer(value);
        if (whole.isPresent() && method.equals("common")) {
            return new Int(new BigDecimal(whole.get())
                    .setScale(Math.min(precision, 0), mode)
                    .toBigInteger());
        }
        double number = Operations.toDouble(value);
        boolean finite = !Double.isNaN(number) && !Double.isInfinite(number);
        return new Float(
                finite ? new BigDecimal(number).setScale(precision, mode).doubleValue() : number);
    }
}
