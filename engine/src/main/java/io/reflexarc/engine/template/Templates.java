// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Renders templates, with the results and the failures of Jinja2's native types. Parsed templates are kept. What a
 * template may cost is limited in steps and characters, so a replay ends as the first run did. Thread-safe.
 */
public final class Templates {
    private static final int MAX_KEPT = 10_000;

    private final Map<String, List<Statement>> parsed = new ConcurrentHashMap<>();
    private final Map<String, String> opened;

    /** Templates without secrets. */
    public Templates() {
        this(Map.of());
    }

    /**
     * Templates in arguments that hold vaulted texts.
     *
     * @param opened plain texts by vaulted ones; a plain text stands as it is and is not rendered
     */
    public Templates(Map<String, String> opened) {
        this.opened = Map.copyOf(opened);
    }

    /** Names of all filters. */
    public static Set<String> filters() {
        return Filters.names();
    }

    /** Whether rendering changes these arguments; most hold neither a template nor a secret. */
    public boolean concern(JsonText arguments) {
        return !opened.isEmpty() || arguments.toString().contains("{{");
    }

    /**
     * The arguments of an action with every string rendered that holds both <code>{{</code> and <code>}}</code>, at any
     * depth. Keys are not rendered, nor is what a template gives.
     *
     * @throws ProblemException {@code INVALID} when a name is undefined or a template is wrong
     */
    public JsonText render(JsonText arguments, TemplateContext context) {
        if (!concern(arguments)) {
            return arguments;
        }
        return JsonText.of(render(arguments.tree(), context));
    }

    /** As {@link #render(JsonText, TemplateContext)}, on a tree, which is not changed. */
    public JsonNode render(JsonNode arguments, TemplateContext context) {
        try {
            return node(arguments, context, new Meter(context.seed()));
        } catch (TemplateFailure e) {
            throw new ProblemException(ProblemType.INVALID, e.message());
        }
    }

    /**
     * The text that a template gives: a value that is no string is written as Python writes it.
     *
     * @param variables a JSON object
     * @throws ProblemException {@code INVALID} when a name is undefined or the template is wrong
     */
    public String text(String template, JsonText variables) {
        try {
            TemplateContext context = new TemplateContext(variables.tree(), Map.of(), 0);
            return Texts.str(value(template, context, new Meter(0)));
        } catch (TemplateFailure e) {
            throw new ProblemException(ProblemType.INVALID, e.message());
        }
    }

    private JsonNode node(JsonNode node, TemplateContext context, Meter meter) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode rendered = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(field -> rendered.set(field.getKey(), node(field.getValue(), context, meter)));
                yield rendered;
            }
            case ArrayNode array -> {
                ArrayNode rendered = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(item -> rendered.add(node(item, context, meter)));
                yield rendered;
            }
            default -> node.isTextual() ? string(node, context, meter) : node;
        };
    }

    private JsonNode string(JsonNode node, TemplateContext context, Meter meter) {
        String secret = opened.get(node.textValue());
        if (secret != null) {
            return JsonNodeFactory.instance.textNode(secret);
        }
        return isTemplate(node.textValue())
                ? value(node.textValue(), context, meter).json()
                : node;
    }

    private static boolean isTemplate(String text) {
        return text.contains("{{") && text.contains("}}");
    }

    private Value value(String template, TemplateContext context, Meter meter) {
        List<Statement> statements = parsed.get(template);
        if (statements == null) {
            statements = TemplateParser.parse(template);
            if (parsed.size() >= MAX_KEPT) {
                parsed.clear();
            }
            parsed.put(template, statements);
        }
        return new Rendering(context, meter).render(statements);
    }
}
