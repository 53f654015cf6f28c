// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * What unquoted words mean in YAML 1.1 as PyYAML reads it, because that is what rulebooks were written for: {@code yes},
 * {@code no}, {@code on} and {@code off} are booleans, {@code 017} is fifteen, {@code 1:30} is ninety.
 */
final class Yaml11 implements Schema {
    static final Tag TIMESTAMP = new Tag("tag:yaml.org,2002:timestamp");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Pattern BOOLEAN =
            Pattern.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
    private static final Pattern INTEGER = Pattern.compile(
            "[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
            + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
            + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
            + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"
            + "|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \\t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?"
            + "(?:[ \\t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?");
    private static final List<Map.Entry<Pattern, Tag>> NUMBERS =
            List.of(Map.entry(INTEGER, Tag.INT), Map.entry(FLOAT, Tag.FLOAT), Map.entry(TIME, TIMESTAMP));
    private static final Map<String, Tag> WORDS = words();

    /** The longest number whose digits are worth turning into one. */
    private static final int MAX_DIGITS = 1_000;

    @Override
    public ScalarResolver getScalarResolver() {
        return (text, plain) -> plain ? resolve(text) : Tag.STR;
    }

    private static Map<String, Tag> words() {
        Map<String, Tag> words = new HashMap<>();
        Stream.of(BOOLEAN.pattern().split("\\|")).forEach(word -> words.put(word, Tag.BOOL));
        Stream.of("", "~", "null", "Null", "NULL").forEach(word -> words.put(word, Tag.NULL));
        words.put("<<", Tag.MERGE);
        return Map.copyOf(words);
    }

    /** Most scalars are texts: no pattern is tried on what begins like no number. */
    private static Tag resolve(String text) {
        Tag word = WORDS.get(text);
        if (word != null) {
            return word;
        }
        if (text.length() > MAX_DIGITS || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return Tag.STR;
        }
        return NUMBERS.stream()
                .filter(resolver -> resolver.getKey().matcher(text).matches())
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(Tag.STR);
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return Map.of();
    }

    /** The value of a scalar with this tag; empty where the tag does not fit the text or is unknown. */
    static Optional<JsonNode> value(Tag tag, String text) {
        return switch (tag.getValue()) {
            case "tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge", "!", "!vault" ->
                Optional.of(JSON.textNode(text));
            case "tag:yaml.org,2002:null" -> Optional.of(JSON.nullNode());
            case "tag:yaml.org,2002:bool" ->
                BOOLEAN.matcher(text).matches() ? Optional.of(JSON.booleanNode(isTrue(text))) : Optional.empty();
            case "tag:yaml.org,2002:int" ->
                INTEGER.matcher(text).matches() ? Optional.of(JSON.numberNode(integer(text))) : Optional.empty();
            case "tag:yaml.org,2002:float" ->
                FLOAT.matcher(text).matches() || INTEGER.matcher(text).matches()
                        ? Optional.of(decimal(text))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean isTrue(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on" -> true;
            default -> false;
        };
    }

    private static BigInteger integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = text.replace("_", "").replaceFirst("^[-+]", "");
        BigInteger value = magnitude(digits);
        return negative ? value.negate() : value;
    }

    private static BigInteger magnitude(String digits) {
        if (digits.contains(":")) {
            BigInteger value = BigInteger.ZERO;
            for (String part : digits.split(":", -1)) {
                value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
            }
            return value;
        }
        if (digits.startsWith("0b")) {
            return parse(digits.substring(2), 2);
        }
        if (digits.startsWith("0x")) {
            return parse(digits.substring(2), 16);
        }
        return parse(digits, digits.startsWith("0") ? 8 : 10);
    }

    private static BigInteger parse(String digits, int radix) {
        return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, radix);
    }

    /** JSON has no infinity: it stays the text that it is. */
    private static JsonNode decimal(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        if (digits.endsWith("inf") || digits.endsWith("nan")) {
            return JSON.textNode(text);
        }
        if (!digits.contains(":")) {
            double value = Double.parseDouble(digits);
            return Double.isInfinite(value) ? JSON.textNode(text) : JSON.numberNode(value);
        }
        double value = 0;
        for (String part : digits.replaceFirst("^[-+]", "").split(":", -1)) {
            value = value * 60 + Double.parseDouble(part);
        }
        return JSON.numberNode(digits.startsWith("-") ? -value : value);
    }
}
