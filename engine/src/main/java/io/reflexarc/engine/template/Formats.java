// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Kind;
import io.reflexarc.engine.template.Value.Seq;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Padding, {@code %} and <code>{}</code> formatting of strings. */
final class Formats {
    private static final int MAX_WIDTH = 100_000;
    private static final Pattern PERCENT =
            Pattern.compile("%(?:\\(([^)]*)\\))?([-+ 0#]*)([0-9]{0,6})(?:\\.([0-9]{1,6}))?([a-zA-Z%])");

    private Formats() {}

    /** {@code text % value}. */
    static String percent(String text, Value value) {
        List<Value> values = value instanceof Seq seq && seq.kind() == Kind.TUPLE ? seq.items() : List.of(value);
        Matcher matcher = PERCENT.matcher(text);
        StringBuilder out = new StringBuilder();
        int next = 0;
        int from = 0;
        while (matcher.find()) {
            out.append(literal(text, from, matcher.start()));
            from = matcher.end();
            if (matcher.group(5).equals("%")) {
                out.append('%');
            } else if (matcher.group(1) != null) {
                String key = matcher.group(1);
                Value entry = value.entry(Value.of(key)).orElseThrow(() -> new TemplateFailure("'" + key + "'"));
                out.append(one(matcher, entry));
            } else if (next < values.size()) {
                out.append(one(matcher, values.get(next++)));
            } else {
                throw new TemplateFailure("not enough arguments for format string");
            }
        }
        if (next < values.size() && !Operations.isDict(value)) {
            throw new TemplateFailure("not all arguments converted during string formatting");
        }
        return out.append(literal(text, from, text.length())).toString();
    }

    private static String literal(String text, int from, int to) {
        String part = text.substring(from, to);
        if (part.indexOf('%') >= 0) {
            throw new TemplateFailure("unsupported format character");
        }
        return part;
    }

    private static String one(Matcher format, Value value) {
        String flags = format.group(2);
        int width = format.group(3).isEmpty() ? 0 : width(Integer.parseInt(format.group(3)));
        int precision = format.group(4) == null ? -1 : Integer.parseInt(format.group(4));
        String body = body(format.group(5).charAt(0), value, precision);
        boolean number = "diufFeEgGxXo".contains(format.group(5));
        if (number && flags.contains("+") && !body.startsWith("-")) {
            body = "+" + body;
        }
        int missing = Math.max(0, width - body.length());
        if (flags.contains("-")) {
            return body + " ".repeat(missing);
        }
        if (number && flags.contains("0")) {
            String sign = body.startsWith("-") || body.startsWith("+") ? body.substring(0, 1) : "";
            return sign + "0".repeat(missing) + body.substring(sign.length());
        }
        return " ".repeat(missing) + body;
    }

    private static String body(char conversion, Value value, int precision) {
        return switch (conversion) {
            case 's' -> cut(Texts.str(value), precision);
            case 'r' -> cut(Texts.repr(value), precision);
            case 'd', 'i', 'u' -> whole(value).toString();
            case 'x' -> whole(value).toString(16);
            case 'X' -> whole(value).toString(16).toUpperCase(Locale.ROOT);
            case 'o' -> whole(value).toString(8);
            case 'f', 'F' -> fixed(number(value), precision < 0 ? 6 : precision);
            case 'e', 'E', 'g', 'G' ->
                String.format(
                        Locale.ROOT, "%." + (precision < 0 ? 6 : Math.min(precision, 100)) + conversion, number(value));
            default -> throw new TemplateFailure("unsupported format character '" + conversion + "'");
        };
    }

    private static String cut(String text, int precision) {
        return precision >= 0 && precision < text.length() ? text.substring(0, precision) : text;
    }

    private static BigInteger whole(Value value) {
        return Operations.integer(value).orElseGet(() -> new BigDecimal(number(value)).toBigInteger());
    }

    private static double number(Value value) {
        if (!Operations.isNumber(value)) {
            throw new TemplateFailure("a number is required, not " + value.typeName());
        }
        return Operations.toDouble(value);
    }

    private static String fixed(double number, int precision) {
        return new BigDecimal(number)
                .setScale(Math.min(precision, 100), RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /** <code>"{} {name.field[0]!r:>8}".format(…)</code>: fields look into values as templates do, never at Java. */
    static String braces(Evaluation evaluation, String text, Arguments arguments) {
        return new Braces(evaluation, arguments).format(text, 0);
    }

    static Value position(Arguments arguments, int position) {
        if (position >= arguments.positional().size()) {
            throw new TemplateFailure("Replacement index " + position + " out of range for positional args tuple");
        }
        return arguments.positional().get(position);
    }

    /** {@code text.zfill(width)}. */
    static String zeros(Meter meter, String text, int width) {
        meter.characters(width(width));
        String sign = text.startsWith("-") || text.startsWith("+") ? text.substring(0, 1) : "";
        return sign + "0".repeat(Math.max(0, width - text.length())) + text.substring(sign.length());
    }

    /** {@code text.ljust(width)}, {@code rjust} and {@code center}. */
    static String pad(Meter meter, String how, String text, Arguments arguments) {
        int width = width(arguments.number(0, "width"));
        meter.characters(width);
        String fill = arguments.text(1, "fillchar", " ");
        int missing = Math.max(0, width - text.codePointCount(0, text.length()));
        // Python puts the odd blank of a centred text to the left when the width is odd too.
        int left = switch (how) {
            case "ljust" -> 0;
            case "rjust" -> missing;
            default -> missing / 2 + (missing & width & 1);
        };
        return fill.repeat(left) + text + fill.repeat(missing - left);
    }

    static int width(int width) {
        if (width > MAX_WIDTH) {
            throw new TemplateFailure("wider than " + MAX_WIDTH + " characters");
        }
        return Math.max(0, width);
    }
}
