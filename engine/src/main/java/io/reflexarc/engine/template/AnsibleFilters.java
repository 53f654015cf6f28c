// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.engine.template.Value.None;
import io.reflexarc.engine.template.Value.Undefined;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Filters that playbooks have and rulebooks have not: an extension, so they go by their full names only, e.g.
 * {@code ansible.builtin.to_json}. They do what <a href="https://docs.ansible.com/ansible/latest/collections/ansible/builtin/">the
 * collection ansible.builtin</a> says of them.
 */
final class AnsibleFilters {
    static final String PREFIX = "ansible.builtin.";

    private static final Set<String> TEXT = Set.of(
            "to_json",
            "to_nice_json",
            "from_json",
            "b64encode",
            "b64decode",
            "hash",
            "md5",
            "sha1",
            "checksum",
            "quote",
            "split",
            "urldecode",
            "regex_search",
            "regex_findall",
            "regex_escape",
            "ternary",
            "mandatory");

    static final Set<String> NAMES = Stream.concat(TEXT.stream(), AnsibleCollections.NAMES.stream())
            .map(PREFIX::concat)
            .collect(Collectors.toUnmodifiableSet());

    private static final int NICE_INDENT = 4;
    private static final Pattern UNSAFE_IN_SHELL = Pattern.compile("[^\\w@%+=:,./-]");
    private static final Pattern SPECIAL = Pattern.compile("[-\\[\\]{}()*+?.\\\\^$|#&~\\s]");
    private static final Pattern GROUP = Pattern.compile("\\\\(?:g<(\\w+)>|(\\d+))");
    private static final Map<String, String> ALGORITHMS = Map.of(
            "md5", "MD5", "sha1", "SHA-1", "sha224", "SHA-224", "sha256", "SHA-256", "sha384", "SHA-384", "sha512",
            "SHA-512");

    private AnsibleFilters() {}

    static Value apply(Evaluation evaluation, String fullName, Value value, Arguments arguments) {
        String name = fullName.substring(PREFIX.length());
        if (name.equals("mandatory")) {
            return mandatory(value, arguments);
        }
        Operations.require(value);
        if (AnsibleCollections.NAMES.contains(name)) {
            return AnsibleCollections.apply(evaluation, name, value, arguments);
        }
        Meter meter = evaluation.meter();
        return switch (name) {
            case "ternary" -> ternary(value, arguments);
            case "to_json" ->
                made(
                        meter,
                        JsonWriter.plain(
                                value, arguments.number(0, "indent", 0), arguments.flag(1, "sort_keys", false)));
            case "to_nice_json" ->
                made(
                        meter,
                        JsonWriter.plain(
                                value,
                                arguments.number(0, "indent", NICE_INDENT),
                                arguments.flag(1, "sort_keys", true)));
            case "regex_search", "regex_findall" -> search(meter, name, Texts.str(value), arguments);
            case "split" -> split(meter, Texts.str(value), arguments);
            case "from_json" -> Value.of(parsed(Texts.str(value)));
            default -> made(meter, text(name, Texts.str(value), arguments));
        };
    }

    private static Value made(Meter meter, String text) {
        meter.characters(text.length());
        return Value.of(text);
    }

    private static Value mandatory(Value value, Arguments arguments) {
        if (value instanceof Undefined) {
            throw new TemplateFailure(arguments.text(0, "msg", "Mandatory variable not defined."));
        }
        return value;
    }

    private static Value ternary(Value value, Arguments arguments) {
        Optional<Value> forNone = arguments.get(2, "none_val");
        if (value instanceof None && forNone.isPresent()) {
            return forNone.get();
        }
        return value.truthy() ? arguments.require(0, "true_val") : arguments.require(1, "false_val");
    }

    private static JsonNode parsed(String text) {
        return Json.foreign(text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new TemplateFailure("from_json: the text is no JSON"));
    }

    private static String text(String name, String text, Arguments arguments) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (name) {
            case "b64encode" -> Base64.getEncoder().encodeToString(bytes);
            case "b64decode" -> decoded(text);
            case "hash" -> digest(arguments.text(0, "hashtype", "sha1"), bytes);
            case "md5" -> digest("md5", bytes);
            case "sha1", "checksum" -> digest("sha1", bytes);
            case "quote" -> quoted(text);
            case "urldecode" -> unescaped(text);
            default -> SPECIAL.matcher(text).replaceAll("\\\\$0");
        };
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TemplateFailure("b64decode: " + e.getMessage());
        }
    }

    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TemplateFailure("urldecode: " + e.getMessage());
        }
    }

    private static String digest(String algorithm, byte[] bytes) {
        String known = ALGORITHMS.get(algorithm);
        if (known == null) {
            throw new TemplateFailure("hash: there is no algorithm " + algorithm + ", write one of "
                    + ALGORITHMS.keySet().stream().sorted().toList());
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(known).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new TemplateFailure("hash: this Java has no " + known);
        }
    }

    /** For a POSIX shell, as {@code shlex.quote}. */
    private static String quoted(String text) {
        return !text.isEmpty() && !UNSAFE_IN_SHELL.matcher(text).find()
                ? text
                : "'" + text.replace("'", "'\"'\"'") + "'";
    }

    private static Value split(Meter meter, String text, Arguments arguments) {
        Optional<String> by = arguments.get(0, "sep").map(Texts::str);
        if (by.filter(String::isEmpty).isPresent()) {
            throw new TemplateFailure("empty separator");
        }
        String[] parts = by.map(separator -> text.split(Pattern.quote(separator), -1))
                .orElseGet(() -> text.isBlank() ? new String[0] : text.strip().split("\\s+"));
        meter.steps(parts.length);
        return Value.list(Stream.of(parts).map(Value::of).toList());
    }

    private static Value search(Meter meter, String name, String text, Arguments arguments) {
        boolean ignoreCase = arguments.named().containsKey("ignorecase") && arguments.flag(9, "ignorecase", false);
        boolean multiline = arguments.flag(9, "multiline", false);
        Matcher matcher = RegexReplace.matcher(text, arguments.text(0, "regex"), ignoreCase, multiline);
        if (name.equals("regex_findall")) {
            return all(meter, matcher);
        }
        if (!matcher.find()) {
            return Value.NONE;
        }
        List<Value> groups = arguments.from(1).positional();
        return groups.isEmpty()
                ? Value.of(matcher.group())
                : Value.list(groups.stream()
                        .map(group -> group(matcher, Texts.str(group)))
                        .toList());
    }

    private static Value all(Meter meter, Matcher matcher) {
        List<Value> found = new ArrayList<>();
        while (matcher.find()) {
            meter.step();
            found.add(
                    switch (matcher.groupCount()) {
                        case 0 -> Value.of(matcher.group());
                        case 1 -> orEmpty(matcher.group(1));
                        default ->
                            Value.tuple(IntStream.rangeClosed(1, matcher.groupCount())
                                    .mapToObj(group -> orEmpty(matcher.group(group)))
                                    .toArray(Value[]::new));
                    });
        }
        return Value.list(found);
    }

    private static Value orEmpty(@Nullable String group) {
        return Value.of(group == null ? "" : group);
    }

    private static Value group(Matcher matcher, String reference) {
        Matcher named = GROUP.matcher(reference);
        if (!named.matches()) {
            throw new TemplateFailure("regex_search: Unknown argument");
        }
        try {
            String found = named.group(1) != null && !named.group(1).chars().allMatch(Character::isDigit)
                    ? matcher.group(named.group(1))
                    : matcher.group(Integer.parseInt(named.group(1) != null ? named.group(1) : named.group(2)));
            return found == null ? Value.NONE : Value.of(found);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new TemplateFailure("no such group");
        }
    }
}
