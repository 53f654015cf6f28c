// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The method {@code format} of strings. Fields look into values as templates do; nothing else can be reached. */
final class Braces {
    private static final Pattern FIELD = Pattern.compile(
            "(?<first>[^.\\[!:{}]*)(?<path>(?:\\.[^.\\[!:{}]+|\\[[^\\]]+])*)(?:!(?<conversion>[rsa]))?");
    private static final Pattern STEP = Pattern.compile("\\.(?<name>[^.\\[]+)|\\[(?<key>[^\\]]+)]");

    private final Evaluation evaluation;
    private final Arguments arguments;
    private int next;

    Braces(Evaluation evaluation, Arguments arguments) {
        this.evaluation = evaluation;
        this.arguments = arguments;
    }

    String format(String text, int depth) {
        if (depth > 1) {
            throw new TemplateFailure("Max string recursion exceeded");
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                out.append(c);
                at += 2;
            } else if (c == '{') {
                int end = end(text, at);
                out.append(field(text.substring(at + 1, end), depth));
                at = end + 1;
            } else if (c == '}') {
                throw new TemplateFailure("Single '}' encountered in format string");
            } else {
                out.append(c);
                at++;
            }
        }
        evaluation.meter().characters(out.length());
        return out.toString();
    }

    private static int end(String text, int start) {
        int open = 0;
        for (int at = start; at < text.length(); at++) {
            open += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
            if (open == 0) {
                return at;
            }
        }
        throw new TemplateFailure("expected '}' before end of string");
    }

    private String field(String written, int depth) {
        Matcher field = FIELD.matcher(written);
        if (!field.lookingAt() || (field.end() < written.length() && written.charAt(field.end()) != ':')) {
            throw new TemplateFailure("expected ':' after conversion specifier");
        }
        Value value = followed(first(field.group("first")), field.group("path"));
        String conversion = field.group("conversion");
        if (conversion != null) {
            value = Value.of(conversion.equals("s") ? Texts.str(value) : Texts.repr(value));
        }
        Operations.require(value);
        String spec = field.end() < written.length() ? written.substring(field.end() + 1) : "";
        return FormatSpec.format(value, spec.contains("{") ? format(spec, depth + 1) : spec);
    }

    private Value first(String name) {
        if (name.isEmpty()) {
            return Formats.position(arguments, next++);
        }
        if (name.length() < 7 && name.chars().allMatch(Character::isDigit)) {
            return Formats.position(arguments, Integer.parseInt(name));
        }
        Value value = arguments.named().get(name);
        if (value == null) {
            throw new TemplateFailure("'" + name + "'");
        }
        return value;
    }

    private Value followed(Value from, String path) {
        Value value = from;
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            String key = step.group("key");
            if (key == null) {
                value = evaluation.attribute(value, step.group("name"));
            } else {
                boolean index = key.length() < 9 && key.chars().allMatch(Character::isDigit);
                value = evaluation.item(value, index ? Value.of(Long.parseLong(key)) : Value.of(key));
            }
        }
        return value;
    }
}
