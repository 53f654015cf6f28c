// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.reflexarc.rulebooks.YamlNode.Field;
import io.reflexarc.rulebooks.YamlNode.Fields;
import io.reflexarc.rulebooks.YamlNode.Items;
import io.reflexarc.rulebooks.YamlNode.Scalar;
import io.reflexarc.rulebooks.error.ErrorKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML document within limits on size, depth and the number of nodes after aliases are resolved. Of a key that
 * stands twice the last one counts, as in PyYAML.
 */
final class YamlReader {
    static final int MAX_LENGTH = 10_000_000;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 400_000;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new Yaml11())
            .setAllowRecursiveKeys(false)
            .setCodePointLimit(MAX_LENGTH)
            .setMaxAliasesForCollections(MAX_NODES)
            .build();

    private static final Pattern OLD_LINE_ENDS =
            Pattern.compile("[ \t]*([\u0085\u2028\u2029])((?:[ \t]*[\u0085\u2028\u2029])*)[ \t]*");

    private final Findings findings;
    private final int[] document;
    private int nodes;

    private YamlReader(String text, Findings findings) {
        this.findings = findings;
        this.document = text.codePoints().toArray();
    }

    /** The document's root; empty when there is no document or something is wrong with it. */
    static Optional<YamlNode> read(String text, Findings findings) {
        if (text.length() > MAX_LENGTH) {
            findings.add(
                    ErrorKind.YAML_ERROR,
                    new Place(1, 1),
                    "the rulebook is longer than " + MAX_LENGTH + " characters; split it into several");
            return Optional.empty();
        }
        try {
            return new YamlReader(text, findings).document(text);
        } catch (TooMuch e) {
            findings.add(ErrorKind.YAML_ERROR, e.place, e.message);
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(YamlReader::place).orElse(new Place(1, 1));
            findings.add(ErrorKind.YAML_ERROR, place, "not YAML: " + problem(e));
        } catch (YamlEngineException e) {
            findings.add(ErrorKind.YAML_ERROR, new Place(1, 1), "not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static String problem(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return context + e.getProblem();
    }

    private Optional<YamlNode> document(String text) {
        Parser parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
        Optional<Node> root = new Composer(SETTINGS, new ShallowParser(parser)).getSingleNode();
        return root.isEmpty() ? Optional.empty() : Optional.of(node(root.get(), 0));
    }

    private YamlNode node(Node node, int depth) {
        Place place = node.getStartMark().map(YamlReader::place).orElse(new Place(1, 1));
        if (depth > MAX_DEPTH) {
            throw new TooMuch(place, "the rulebook is nested too deeply, or an alias holds itself");
        }
        if (++nodes > MAX_NODES) {
            throw new TooMuch(
                    place, "the rulebook has more than " + MAX_NODES + " values; are its aliases multiplying?");
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar, place);
            case SequenceNode sequence -> items(sequence, depth, place);
            case MappingNode mapping -> fields(mapping, depth, place);
            case AnchorNode anchor -> node(anchor.getRealNode(), depth);
            default -> throw new IllegalStateException("unknown node " + node.getNodeType());
        };
    }

    private Scalar scalar(ScalarNode node, Place place) {
        int start = node.getStartMark().map(Mark::getIndex).orElse(0);
        int end = node.getEndMark().map(Mark::getIndex).orElse(start);
        ScalarText text = new ScalarText(node.getValue(), document, start, Math.min(end, document.length));
        return new Scalar(value(node, place), node.getTag().equals(Yaml11.TIMESTAMP), text, place);
    }

    private JsonNode value(ScalarNode node, Place place) {
        return Yaml11.value(node.getTag(), folded(node)).orElseGet(() -> {
            findings.add(ErrorKind.YAML_ERROR, place, "the tag " + node.getTag().getValue() + " cannot stand here");
            return NullNode.getInstance();
        });
    }

    /** In YAML 1.1 three more characters end a line, and lines are folded: blanks around an end go, a next line becomes a blank. */
    private String folded(ScalarNode node) {
        String value = node.getValue();
        boolean block = node.getScalarStyle() == ScalarStyle.LITERAL || node.getScalarStyle() == ScalarStyle.FOLDED;
        return block || !hasOldLineEnd(value)
                ? value
                : OLD_LINE_ENDS.matcher(value).replaceAll(ends -> {
                    String more = ends.group(2).replaceAll("[ \t]", "").replace('\u0085', '\n');
                    String first = ends.group(1).equals("\u0085") ? (more.isEmpty() ? " " : "") : ends.group(1);
                    return first + more;
                });
    }

    /** Almost no text has one: it is not worth a search by the pattern. */
    private static boolean hasOldLineEnd(String text) {
        return text.indexOf('\u0085') >= 0 || text.indexOf('\u2028') >= 0 || text.indexOf('\u2029') >= 0;
    }

    private Items items(SequenceNode node, int depth, Place place) {
        requireTag(node, Tag.SEQ, place);
        return new Items(
                node.getValue().stream().map(item -> node(item, depth + 1)).toList(), place);
    }

    private Fields fields(MappingNode node, int depth, Place place) {
        requireTag(node, Tag.MAP, place);
        SequencedMap<String, Field> merged = new LinkedHashMap<>();
        SequencedMap<String, Field> own = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            YamlNode value = node(tuple.getValueNode(), depth + 1);
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(value, merged);
            } else {
                YamlNode key = node(tuple.getKeyNode(), depth + 1);
                own.put(key(key), new Field(value, key.place()));
            }
        }
        merged.putAll(own);
        return new Fields(merged, place);
    }

    /** Of several merged mappings the first one counts. */
    private void merge(YamlNode value, SequencedMap<String, Field> into) {
        List<YamlNode> sources = value instanceof Items items ? items.items() : List.of(value);
        List<Fields> mappings = new ArrayList<>();
        for (YamlNode source : sources) {
            switch (source) {
                case Fields fields -> mappings.add(fields);
                case Scalar scalar -> notMergeable(scalar);
                case Items items -> notMergeable(items);
            }
        }
        mappings.forEach(mapping -> mapping.fields().forEach(into::putIfAbsent));
    }

    private void notMergeable(YamlNode node) {
        findings.add(ErrorKind.YAML_ERROR, node.place(), "only a mapping can be merged with <<, not " + node.noun());
    }

    private String key(YamlNode key) {
        if (key instanceof Scalar scalar) {
            return scalar.json().asText();
        }
        findings.add(ErrorKind.YAML_ERROR, key.place(), "a key must be a single value, not " + key.noun());
        return "";
    }

    private void requireTag(Node node, Tag tag, Place place) {
        if (!node.getTag().equals(tag)) {
            findings.add(ErrorKind.YAML_ERROR, place, "the tag " + node.getTag().getValue() + " cannot stand here");
        }
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The composer is recursive, so depth is counted on the events that it is given. */
    private static final class ShallowParser implements Parser {
        private final Parser parser;
        private int depth;

        ShallowParser(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }

        @Override
        public Event next() {
            Event event = parser.next();
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Scalar, Alias, Comment, DocumentStart, DocumentEnd, StreamStart, StreamEnd -> {}
            }
            if (depth > MAX_DEPTH) {
                throw new TooMuch(
                        event.getStartMark().map(YamlReader::place).orElse(new Place(1, 1)),
                        "the rulebook is nested too deeply");
            }
            return event;
        }
    }

    /** Ends the reading of a document that is larger than it looks; never leaves this class. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Place place;
        private final String message;

        TooMuch(Place place, String message) {
            super(message, null, false, false);
            this.place = place;
            this.message = message;
        }
    }
}
