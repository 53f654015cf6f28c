// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Filters on strings. */
final class TextFilters {
    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD_BEGINNING = Pattern.compile("(?<=[-\\s({\\[<])(?=[^-\\s({\\[<])");
    private static final Pattern COMMENT = Pattern.compile("<!--[^-]*(?:-(?!->)[^-]*)*-->");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB");
    private static final List<String> BINARY_UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB");

    private TextFilters() {}

    static Value apply(Evaluation evaluation, String name, Value value, Arguments arguments) {
        Meter meter = evaluation.meter();
        if (name.equals("tojson")) {
            return Value.of(JsonWriter.write(value, arguments.get(0, "indent")));
        }
        String text = Texts.str(value);
        meter.characters(text.length());
        return switch (name) {
            case "upper" -> Value.of(text.toUpperCase(Locale.ROOT));
            case "lower" -> Value.of(text.toLowerCase(Locale.ROOT));
            case "capitalize" -> Value.of(capitalize(text));
            case "title" -> Value.of(title(text));
            case "trim" -> Value.of(strip(text, arguments.get(0, "chars"), true, true));
            case "replace" ->
                Value.of(replace(
                        meter,
                        text,
                        arguments.text(0, "old"),
                        arguments.text(1, "new"),
                        arguments.number(2, "count", -1)));
            case "center" -> Value.of(center(meter, text, arguments.number(0, "width", 80)));
            case "indent" -> Value.of(indent(meter, text, arguments));
            case "truncate" -> Value.of(truncate(text, arguments));
            case "wordcount" -> Value.of(WORD.matcher(text).results().count());
            case "striptags" -> Value.of(stripTags(text));
            case "escape", "e", "forceescape" -> Value.of(escape(text));
            case "format" -> Value.of(Formats.percent(text, given(arguments)));
            case "urlencode" -> Value.of(isPairs(value) ? query(value) : urlEncode(text));
            case "wordwrap" -> Value.of(Wrapping.wrap(meter, text, arguments));
            case "xmlattr" -> Value.of(attributes(value, arguments.flag(0, "autospace", true)));
            case "filesizeformat" -> Value.of(fileSize(value, arguments.flag(0, "binary", false)));
            case "pprint" -> Value.of(Texts.repr(value));
            default -> Value.of(text);
        };
    }

    /** Named arguments are one mapping, as {@code %(name)s} wants it. */
    private static Value given(Arguments arguments) {
        if (arguments.named().isEmpty()) {
            return new Value.Seq(arguments.positional(), Value.Kind.TUPLE);
        }
        Map<Value, Value> named = new LinkedHashMap<>();
        arguments.named().forEach((name, value) -> named.put(Value.of(name), value));
        return new Value.Dict(named);
    }

    private static boolean isPairs(Value value) {
        return Operations.isDict(value) || value instanceof Value.Seq;
    }

    /** A query of an address: blanks are {@code +}, and no slash is safe. */
    private static String query(Value value) {
        List<Value> pairs = Operations.isDict(value) ? Methods.items(value).iterate() : value.iterate();
        return pairs.stream()
                .map(Value::iterate)
                .map(pair -> queryPart(pair.getFirst()) + "=" + queryPart(pair.getLast()))
                .collect(Collectors.joining("&"));
    }

    private static String queryPart(Value value) {
        return urlEncode(Texts.str(value)).replace("/", "%2F").replace("%20", "+");
    }

    private static String attributes(Value value, boolean space) {
        if (!Operations.isDict(value)) {
            throw new TemplateFailure("'" + value.typeName() + "' object has no attribute 'items'");
        }
        String all = Operations.dict(value).entries().entrySet().stream()
                .filter(entry -> !(entry.getValue() instanceof Value.None))
                .map(entry -> {
                    String name = Texts.str(entry.getKey());
                    if (name.matches("(?s).*[\\s/>=].*")) {
                        throw new TemplateFailure("Invalid character in attribute name: " + Texts.repr(entry.getKey()));
                    }
                    return escape(name) + "=\"" + escape(Texts.str(entry.getValue())) + "\"";
                })
                .collect(Collectors.joining(" "));
        return space && !all.isEmpty() ? " " + all : all;
    }

    static String expandTabs(Meter meter, String text, int size) {
        meter.characters((long) text.length() + Splits.count(text, "\t") * size);
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (char c : text.toCharArray()) {
            if (c == '\t') {
                int blanks = size == 0 ? 0 : size - column % size;
                out.append(" ".repeat(blanks));
                column += blanks;
            } else {
                out.append(c);
                column = c == '\n' || c == '\r' ? 0 : column + 1;
            }
        }
        return out.toString();
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    /** The filter's idea of words: what blanks, dashes and opening brackets separate. */
    private static String title(String text) {
        return WORD_BEGINNING.splitAsStream(text).map(TextFilters::capitalize).collect(Collectors.joining());
    }

    /** The method's idea of words: letters in a row. */
    static String pythonTitle(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = Character.isLetter(c);
        }
        return out.toString();
    }

    static String swapCase(String text) {
        return text.codePoints()
                .mapToObj(c -> Character.toString(
                        Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c)))
                .collect(Collectors.joining());
    }

    static String strip(String text, Optional<Value> chars, boolean left, boolean right) {
        Optional<String> set =
                chars.filter(value -> !(value instanceof Value.None)).map(Texts::str);
        int from = 0;
        int to = text.length();
        while (left && from < to && strips(text.charAt(from), set)) {
            from++;
        }
        while (right && to > from && strips(text.charAt(to - 1), set)) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean strips(char c, Optional<String> set) {
        return set.map(chars -> chars.indexOf(c) >= 0).orElseGet(() -> Character.isWhitespace(c) || c == '\u00A0');
    }

    static String replace(Meter meter, String text, String old, String replacement, int count) {
        long found = Splits.count(text, old);
        long times = count < 0 ? found : Math.min(found, count);
        meter.characters(text.length() + times * replacement.length());
        if (count < 0) {
            return text.replace(old, replacement);
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (long i = 0; i < times; i++) {
            int at = text.indexOf(old, from);
            out.append(text, from, at).append(replacement);
            from = at + old.length();
            if (old.isEmpty() && at < text.length()) {
                out.append(text.charAt(at));
                from = at + 1;
            }
        }
        return out.append(text, Math.min(from, text.length()), text.length()).toString();
    }

    private static String center(Meter meter, String text, int width) {
        return Formats.pad(meter, "center", text, new Arguments("center", List.of(Value.of(width)), Map.of()));
    }

    private static String indent(Meter meter, String text, Arguments arguments) {
        Value width = arguments.get(0, "width").orElse(Value.of(4));
        String blank = width instanceof Value.Str str
                ? str.text()
                : " ".repeat(Formats.width(arguments.number(0, "width", 4)));
        boolean first = arguments.flag(1, "first", false);
        boolean blankLines = arguments.flag(2, "blank", false);
        List<String> lines = (text + "\n").lines().toList();
        meter.characters((long) lines.size() * blank.length());
        StringBuilder out = new StringBuilder(first ? blank : "").append(lines.getFirst());
        for (String line : lines.subList(1, lines.size())) {
            out.append('\n').append(line.isEmpty() && !blankLines ? "" : blank).append(line);
        }
        return out.toString();
    }

    private static String truncate(String text, Arguments arguments) {
        int length = Formats.width(arguments.number(0, "length", 255));
        boolean killWords = arguments.flag(1, "killwords", false);
        String end = arguments.text(2, "end", "...");
        int leeway = arguments.number(3, "leeway", 5);
        if (text.codePointCount(0, text.length()) <= length + leeway) {
            return text;
        }
        if (length < end.length()) {
            throw new TemplateFailure("expected length >= " + end.length() + ", got " + length);
        }
        String cut = text.substring(0, text.offsetByCodePoints(0, length - end.length()));
        int blank = cut.lastIndexOf(' ');
        return (killWords || blank < 0 ? cut : cut.substring(0, blank)) + end;
    }

    private static String stripTags(String text) {
        String bare = TAG.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("");
        return String.join(" ", bare.strip().split("\\s+", -1))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    private static String urlEncode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%7E", "~")
                .replace("*", "%2A");
    }

    private static String fileSize(Value value, boolean binary) {
        double bytes = NumberFilters.toFloat(value)
                .orElseThrow(() -> new TemplateFailure("not a number of bytes: " + Texts.repr(value)));
        int base = binary ? 1024 : 1000;
        if (bytes < base) {
            return bytes == 1 ? "1 Byte" : (long) bytes + " Bytes";
        }
        double unit = base;
        int i = 0;
        while (bytes >= unit * base && i < UNITS.size() - 1) {
            unit *= base;
            i++;
        }
        return String.format(Locale.ROOT, "%.1f %s", bytes / unit, (binary ? BINARY_UNITS : UNITS).get(i));
    }
}
