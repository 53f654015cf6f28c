// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Float;
import io.reflexarc.engine.template.Value.Int;
import io.reflexarc.engine.template.Value.Str;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands behind the colon in <code>{:>8,.2f}</code>: Python's format specifications, of strings and numbers. */
final class FormatSpec {
    private static final int MAX_PRECISION = 100;
    private static final Pattern SPEC = Pattern.compile(
            "(?s)(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>[0-9]{1,6})?"
                    + "(?<group>[,_])?(?:\\.(?<precision>[0-9]{1,6}))?(?<type>[a-zA-Z%])?");

    private FormatSpec() {}

    /** The value in this format. */
    static String format(Value value, String spec) {
        if (spec.isEmpty()) {
            return Texts.str(value);
        }
        Matcher found = SPEC.matcher(spec);
        if (!found.matches()) {
            throw new TemplateFailure("Invalid format specifier '" + spec + "'");
        }
        boolean number = value instanceof Int || value instanceof Float || value instanceof Value.Bool;
        if (!number && !(value instanceof Str)) {
            throw new TemplateFailure("unsupported format string passed to " + value.typeName() + ".__format__");
        }
        return number ? number(value, found) : text(((Str) value).text(), found);
    }

    private static String text(String text, Matcher spec) {
        String type = spec.group("type");
        if (type != null && !type.equals("s")) {
            throw new TemplateFailure("Unknown format code '" + type + "' for object of type 'str'");
        }
        int[] points = text.codePoints().toArray();
        String cut = spec.group("precision") == null
                ? text
                : new String(points, 0, Math.min(points.length, Integer.parseInt(spec.group("precision"))));
        return padded("", cut, spec, "<");
    }

    private static String number(Value value, Matcher spec) {
        String type = spec.group("type") == null ? "" : spec.group("type");
        String digits;
        if (value instanceof Float || (!type.isEmpty() && "eEfFgG%".contains(type))) {
            digits = decimal(Operations.toDouble(value), type, spec);
        } else {
            digits = whole(Operations.integer(value).orElse(BigInteger.ZERO), type, spec);
        }
        boolean negative = digits.startsWith("-");
        String sign = negative
                ? "-"
                : spec.group("sign") == null || spec.group("sign").equals("-") ? "" : spec.group("sign");
        return padded(sign, grouped(negative ? digits.substring(1) : digits, spec.group("group")), spec, ">");
    }

    private static String whole(BigInteger number, String type, Matcher spec) {
        boolean alternate = spec.group("alternate") != null;
        String magnitude = switch (type) {
            case "", "d", "n" -> number.abs().toString();
            case "b" -> (alternate ? "0b" : "") + number.abs().toString(2);
            case "o" -> (alternate ? "0o" : "") + number.abs().toString(8);
            case "x" -> (alternate ? "0x" : "") + number.abs().toString(16);
            case "X" -> (alternate ? "0X" : "") + number.abs().toString(16).toUpperCase(Locale.ROOT);
            case "c" -> Character.toString(number.intValue());
            default -> throw new TemplateFailure("Unknown format code '" + type + "' for object of type 'int'");
        };
        return (number.signum() < 0 ? "-" : "") + magnitude;
    }

    private static String decimal(double number, String type, Matcher spec) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Texts.str(new Float(number));
        }
        boolean given = spec.group("precision") != null;
        int precision = given ? Math.min(MAX_PRECISION, Integer.parseInt(spec.group("precision"))) : 6;
        return switch (type) {
            case "f", "F" -> fixed(number, precision);
            case "%" -> fixed(number * 100, precision) + "%";
            case "e" -> scientific(number, precision);
            case "E" -> scientific(number, precision).toUpperCase(Locale.ROOT);
            case "g", "G", "n" -> general(number, precision, false);
            case "" -> given ? general(number, precision, true) : Texts.str(new Float(number));
            default -> throw new TemplateFailure("Unknown format code '" + type + "' for object of type 'float'");
        };
    }

    private static String fixed(double number, int precision) {
        String digits = new BigDecimal(number)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        return number < 0 && !digits.startsWith("-") ? "-" + digits : digits;
    }

    private static String scientific(double number, int precision) {
        if (number == 0) {
            return "0" + (precision > 0 ? "." + "0".repeat(precision) : "") + "e+00";
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String digits = rounded.unscaledValue().abs().toString();
        digits = digits + "0".repeat(Math.max(0, precision + 1 - digits.length()));
        String fraction = precision == 0 ? "" : "." + digits.substring(1, precision + 1);
        return (number < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** Without a type a whole number keeps one digit behind the point. */
    private static String general(double number, int given, boolean untyped) {
        int precision = Math.max(1, given);
        if (number == 0) {
            return untyped ? "0.0" : "0";
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= (untyped ? precision - 1 : precision)) {
            String text = scientific(number, precision - 1);
            int e = text.indexOf('e');
            String mantissa = text.substring(0, e);
            mantissa = mantissa.contains(".") ? mantissa.replaceAll("\\.?0+$", "") : mantissa;
            return mantissa + text.substring(e);
        }
        String plain = rounded.stripTrailingZeros().toPlainString();
        return untyped && !plain.contains(".") ? plain + ".0" : plain;
    }

    private static String grouped(String digits, String separator) {
        if (separator == null) {
            return digits;
        }
        int end = 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        return digits.substring(0, end).replaceAll("(?<=[0-9])(?=(?:[0-9]{3})+$)", separator) + digits.substring(end);
    }

    private static String padded(String sign, String body, Matcher spec, String usual) {
        int width = spec.group("width") == null ? 0 : Formats.width(Integer.parseInt(spec.group("width")));
        boolean zero = spec.group("zero") != null;
        String align = spec.group("align") == null ? (zero && usual.equals(">") ? "=" : usual) : spec.group("align");
        String fill = spec.group("fill") == null ? (zero ? "0" : " ") : spec.group("fill");
        String whole = sign + body;
        int missing = Math.max(0, width - whole.codePointCount(0, whole.length()));
        return switch (align) {
            case "<" -> whole + fill.repeat(missing);
            case "^" -> fill.repeat(missing / 2) + whole + fill.repeat(missing - missing / 2);
            case "=" -> sign + fill.repeat(missing) + body;
            default -> fill.repeat(missing) + whole;
        };
    }
}
