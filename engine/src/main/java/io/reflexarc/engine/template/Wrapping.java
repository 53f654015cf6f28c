// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filter {@code wordwrap}, as Python's {@code textwrap} does it. */
final class Wrapping {
    private static final Pattern CHUNK =
            Pattern.compile("\\s+|[^\\s-]*\\w+[^0-9\\W]-(?=\\w+[^0-9\\W])|[^\\s-]+-*|\\S+");

    private Wrapping() {}

    static String wrap(Meter meter, String text, Arguments arguments) {
        int width = Math.max(1, Formats.width(arguments.number(0, "width", 79)));
        boolean breakWords = arguments.flag(1, "break_long_words", true);
        String separator = arguments
                .get(2, "wrapstring")
                .filter(value -> !(value instanceof Value.None))
                .map(Texts::str)
                .orElse("\n");
        boolean hyphens = arguments.flag(3, "break_on_hyphens", true);
        List<String> wrapped = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            meter.steps(line.length());
            wrapped.add(String.join(separator, lines(chunks(line, hyphens), width, breakWords)));
        }
        String result = String.join(separator, wrapped);
        meter.characters(result.length());
        return result;
    }

    private static List<String> chunks(String line, boolean hyphens) {
        List<String> chunks = new ArrayList<>();
        Matcher matcher = (hyphens ? CHUNK : Pattern.compile("\\s+|\\S+")).matcher(line);
        while (matcher.find()) {
            chunks.add(matcher.group());
        }
        return chunks;
    }

    private static List<String> lines(List<String> chunks, int width, boolean breakWords) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        List<String> rest = new ArrayList<>(chunks);
        while (!rest.isEmpty()) {
            String chunk = rest.removeFirst();
            if (line.length() + chunk.length() <= width) {
                if (!(line.isEmpty() && chunk.isBlank() && !lines.isEmpty())) {
                    line.append(chunk);
                }
                continue;
            }
            if (chunk.length() > width && breakWords) {
                int room = Math.max(1, width - line.length());
                line.append(chunk, 0, room);
                rest.addFirst(chunk.substring(room));
            } else if (line.isEmpty()) {
                line.append(chunk);
            } else {
                rest.addFirst(chunk);
            }
            end(lines, line);
        }
        end(lines, line);
        return lines;
    }

    private static void end(List<String> lines, StringBuilder line) {
        String text = line.toString().stripTrailing();
        if (!text.isEmpty()) {
            lines.add(text);
        }
        line.setLength(0);
    }
}
