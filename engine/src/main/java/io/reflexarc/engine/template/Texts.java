// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Bool;
import io.reflexarc.engine.template.Value.Dict;
import io.reflexarc.engine.template.Value.Document;
import io.reflexarc.engine.template.Value.Float;
import io.reflexarc.engine.template.Value.Int;
import io.reflexarc.engine.template.Value.None;
import io.reflexarc.engine.template.Value.Seq;
import io.reflexarc.engine.template.Value.Str;
import io.reflexarc.engine.template.Value.Undefined;
import java.math.BigDecimal;
import java.util.stream.Collectors;

/** Values as Python writes them. */
final class Texts {
    /** From this exponent on Python writes a float in scientific notation. */
    private static final int SCIENTIFIC = 16;

    private static final int SMALLEST_PLAIN = -4;

    private Texts() {}

    /** {@code str(value)}. */
    static String str(Value value) {
        return value instanceof Str str ? str.text() : repr(value);
    }

    /** {@code repr(value)}. */
    static String repr(Value value) {
        return switch (value) {
            case Str str -> quoted(str.text());
            case Int number -> number.number().toString();
            case Float number -> decimal(number.number());
            case Bool bool -> bool.truth() ? "True" : "False";
            case None none -> "None";
            case Seq seq -> sequence(seq);
            case Document document -> repr(document.dict());
            case Dict dict ->
                dict.entries().entrySet().stream()
                        .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Value.Thing thing -> "<" + thing.type() + ">";
            case Undefined undefined -> throw new TemplateFailure(undefined.message());
        };
    }

    private static String sequence(Seq seq) {
        String items = seq.items().stream().map(Texts::repr).collect(Collectors.joining(", "));
        return switch (seq.kind()) {
            case LIST -> "[" + items + "]";
            case VIEW -> "[" + items + "]";
            case TUPLE, GROUP -> "(" + items + (seq.items().size() == 1 ? ",)" : ")");
            case GENERATOR -> "<generator object>";
        };
    }

    private static String decimal(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= SMALLEST_PLAIN && exponent < SCIENTIFIC) {
            String plain = shortest.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = shortest.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String sign = number < 0 ? "-" : "";
        String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return sign + digits.charAt(0) + fraction + "e" + power;
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(c -> out.append(escaped(c, quote)));
        return out.append(quote).toString();
    }

    private static String escaped(int c, char quote) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                if (c == quote) {
                    yield "\\" + quote;
                }
                yield isPrintable(c) ? Character.toString(c) : code(c);
            }
        };
    }

    private static boolean isPrintable(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }

    private static String code(int c) {
        if (c <= 0xFF) {
            return String.format("\\x%02x", c);
        }
        return c <= 0xFFFF ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
    }
}
