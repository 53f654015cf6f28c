// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.YamlNode.Field;
import io.reflexarc.rulebooks.YamlNode.Fields;
import io.reflexarc.rulebooks.YamlNode.Scalar;
import io.reflexarc.rulebooks.error.Nearest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads an action: a mapping of its name to its arguments. */
final class ActionReader {
    /** Does nothing and takes anything. */
    static final String NONE = "none";

    private final Findings findings;
    private final Set<String> known;

    ActionReader(Loading loading) {
        findings = loading.findings();
        known = new TreeSet<>(Shapes.ACTIONS.keySet());
        known.add(NONE);
        known.addAll(loading.extraActions());
    }

    Optional<ActionSpec> action(YamlNode node) {
        if (!(node instanceof Fields fields)) {
            findings.schema(
                    node.place(), "an action must be a mapping of its name to its arguments, not " + node.noun());
            return Optional.empty();
        }
        if (fields.fields().size() != 1) {
            findings.schema(
                    node.place(),
                    fields.fields().isEmpty()
                            ? "an action must be named here"
                            : "one action only can stand here; write several as a list under \"actions\"");
            return Optional.empty();
        }
        Map.Entry<String, Field> entry = fields.fields().firstEntry();
        return action(entry.getKey(), entry.getValue());
    }

    private Optional<ActionSpec> action(String name, Field field) {
        if (!known.contains(name)) {
            findings.schema(
                    field.place(),
                    "there is no action \"" + name + "\" (there are " + String.join(", ", known) + ")",
                    Nearest.hint(name, known));
            return Optional.empty();
        }
        if (name.equals(NONE)) {
            return Optional.of(new ActionSpec(name, JsonText.EMPTY_OBJECT, field.place()));
        }
        Fields arguments = arguments(name, field);
        check(name, arguments);
        return Optional.of(new ActionSpec(name, JsonText.of(arguments.json()), field.place()));
    }

    private Fields arguments(String name, Field field) {
        if (field.value() instanceof Fields fields) {
            return fields;
        }
        if (!(field.value() instanceof Scalar scalar && scalar.isNull())) {
            findings.schema(
                    field.value().place(),
                    "the arguments of " + name + " must be a mapping, not "
                            + field.value().noun());
        }
        return new Fields(new LinkedHashMap<>(), field.place());
    }

    private void check(String name, Fields arguments) {
        Shape shape = Shapes.ACTIONS.get(name);
        if (shape == null) {
            return;
        }
        shape.check(arguments, findings);
        if (name.equals("debug") && arguments.fields().size() == 2) {
            findings.schema(arguments.place(), "debug takes either msg or var, not both");
        }
    }
}
