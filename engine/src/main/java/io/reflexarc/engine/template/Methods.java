// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import io.reflexarc.engine.template.Value.Seq;
import io.reflexarc.engine.template.Value.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** The methods of strings, mappings and lists that only read. */
final class Methods {
    private Methods() {}

    static Value call(Evaluation evaluation, Value target, String name, Arguments arguments) {
        evaluation.meter().step();
        if (target instanceof Str str) {
            return text(evaluation, str.text(), name, arguments);
        }
        if (Operations.isDict(target)) {
            return dict(target, name, arguments);
        }
        if (target instanceof Seq seq) {
            return list(evaluation, seq, name, arguments);
        }
        throw missing(target, name);
    }

    private static TemplateFailure missing(Value target, String name) {
        String type = Operations.isDict(target) ? "dict" : target.typeName();
        return new TemplateFailure("'" + type + " object' has no attribute '" + name + "'");
    }

    private static Value dict(Value target, String name, Arguments arguments) {
        return switch (name) {
            case "get" ->
                target.entry(arguments.require(0, "key"))
                        .orElse(arguments.get(1, "default").orElse(Value.NONE));
            case "keys" -> Value.view(target.iterate());
            case "values" ->
                Value.view(new ArrayList<>(Operations.dict(target).entries().values()));
            case "items" -> Value.view(items(target).iterate());
            case "copy" -> target;
            default ->
                target.entry(Value.of(name))
                        .<Value>map(entry -> {
                            throw new TemplateFailure("'" + entry.typeName() + "' object is not callable");
                        })
                        .orElseThrow(() -> missing(target, name));
        };
    }

    static Value items(Value dict) {
        return Value.list(Operations.dict(dict).entries().entrySet().stream()
                .map(entry -> Value.tuple(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static Value list(Evaluation evaluation, Seq seq, String name, Arguments arguments) {
        return switch (name) {
            case "index" -> {
                Value wanted = arguments.require(0, "value");
                for (int i = 0; i < seq.items().size(); i++) {
                    if (evaluation.operations().same(seq.items().get(i), wanted)) {
                        yield Value.of(i);
                    }
                }
                throw new TemplateFailure(Texts.repr(wanted) + " is not in list");
            }
            case "count" -> {
                Value wanted = arguments.require(0, "value");
                yield Value.of(seq.items().stream()
                        .filter(item -> evaluation.operations().same(item, wanted))
                        .count());
            }
            case "copy" -> seq;
            default -> throw missing(seq, name);
        };
    }

    private static Value text(Evaluation evaluation, String text, String name, Arguments arguments) {
        evaluation.meter().characters(text.length());
        return switch (name) {
            case "upper" -> Value.of(text.toUpperCase(Locale.ROOT));
            case "lower", "casefold" -> Value.of(text.toLowerCase(Locale.ROOT));
            case "capitalize" -> Value.of(TextFilters.capitalize(text));
            case "title" -> Value.of(TextFilters.pythonTitle(text));
            case "swapcase" -> Value.of(TextFilters.swapCase(text));
            case "strip" -> Value.of(TextFilters.strip(text, arguments.get(0, "chars"), true, true));
            case "lstrip" -> Value.of(TextFilters.strip(text, arguments.get(0, "chars"), true, false));
            case "rstrip" -> Value.of(TextFilters.strip(text, arguments.get(0, "chars"), false, true));
            case "split" -> Splits.split(text, arguments);
            case "rsplit" -> Splits.splitFromRight(text, arguments);
            case "splitlines" -> texts(text.lines().toList());
            case "partition" -> Splits.partition(text, arguments.text(0, "sep"));
            case "rpartition" -> Splits.partitionFromRight(text, arguments.text(0, "sep"));
            case "join" ->
                Value.of(arguments.require(0, "iterable").iterate().stream()
                        .map(Methods::requireText)
                        .collect(Collectors.joining(text)));
            case "replace" ->
                Value.of(TextFilters.replace(
                        evaluation.meter(),
                        text,
                        arguments.text(0, "old"),
                        arguments.text(1, "new"),
                        arguments.number(2, "count", -1)));
            case "format" -> Value.of(Formats.braces(evaluation, text, arguments));
            case "zfill" -> Value.of(Formats.zeros(evaluation.meter(), text, arguments.number(0, "width")));
            case "ljust", "rjust", "center" -> Value.of(Formats.pad(evaluation.meter(), name, text, arguments));
            case "expandtabs" ->
                Value.of(TextFilters.expandTabs(
                        evaluation.meter(), text, Formats.width(arguments.number(0, "tabsize", 8))));
            case "removeprefix" -> {
                String prefix = arguments.text(0, "prefix");
                yield Value.of(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
            }
            case "removesuffix" -> {
                String suffix = arguments.text(0, "suffix");
                yield Value.of(text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
            }
            default -> question(text, name, arguments);
        };
    }

    private static Value question(String text, String name, Arguments arguments) {
        return switch (name) {
            case "startswith" -> Value.of(affixes(arguments).stream().anyMatch(text::startsWith));
            case "endswith" -> Value.of(affixes(arguments).stream().anyMatch(text::endsWith));
            case "find" -> Value.of(position(text, text.indexOf(arguments.text(0, "sub"))));
            case "rfind" -> Value.of(position(text, text.lastIndexOf(arguments.text(0, "sub"))));
            case "index" -> Value.of(required(position(text, text.indexOf(arguments.text(0, "sub")))));
            case "rindex" -> Value.of(required(position(text, text.lastIndexOf(arguments.text(0, "sub")))));
            case "count" -> Value.of(Splits.count(text, arguments.text(0, "sub")));
            case "isdigit", "isdecimal", "isnumeric" -> Value.of(all(text, Character::isDigit));
            case "isalpha" -> Value.of(all(text, Character::isLetter));
            case "isalnum" -> Value.of(all(text, Character::isLetterOrDigit));
            case "isspace" -> Value.of(all(text, Character::isWhitespace));
            case "isidentifier" -> Value.of(text.matches("[\\p{L}_][\\p{L}\\p{Nd}_]*"));
            case "isascii" -> Value.of(text.chars().allMatch(c -> c < 128));
            case "islower" -> Value.of(Checks.isLower(text));
            case "isupper" -> Value.of(Checks.isUpper(text));
            default -> throw missing(Value.of(text), name);
        };
    }

    private static boolean all(String text, IntPredicate predicate) {
        return !text.isEmpty() && text.codePoints().allMatch(predicate);
    }

    private static List<String> affixes(Arguments arguments) {
        Value affix = arguments.require(0, "prefix");
        return affix instanceof Seq seq
                ? seq.items().stream().map(Methods::requireText).toList()
                : List.of(requireText(affix));
    }

    private static String requireText(Value value) {
        if (value instanceof Str str) {
            return str.text();
        }
        throw new TemplateFailure("expected str instance, " + value.typeName() + " found");
    }

    /** A position in characters, as Python counts, from one in UTF-16 units. */
    private static int position(String text, int unit) {
        return unit < 0 ? -1 : text.codePointCount(0, unit);
    }

    private static int required(int position) {
        if (position < 0) {
            throw new TemplateFailure("substring not found");
        }
        return position;
    }

    static Value texts(List<String> texts) {
        return Value.list(texts.stream().map(Value::of).toList());
    }
}
