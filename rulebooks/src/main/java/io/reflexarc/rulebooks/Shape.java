// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.rulebooks.YamlNode.Field;
import io.reflexarc.rulebooks.YamlNode.Fields;
import io.reflexarc.rulebooks.error.Nearest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which keys a mapping may have.
 *
 * @param noun what the mapping is, for messages
 * @param keys type of each key
 * @param required keys that must be there
 */
record Shape(String noun, Map<String, ValueType> keys, Set<String> required) {
    Shape {
        keys = Map.copyOf(keys);
        required = Set.copyOf(required);
    }

    /** Names every key that is unknown, missing or of the wrong type. */
    void check(Fields fields, Findings findings) {
        for (Map.Entry<String, Field> entry : fields.fields().entrySet()) {
            check(entry.getKey(), entry.getValue(), findings);
        }
        for (String key : new TreeSet<>(required)) {
            if (!fields.fields().containsKey(key)) {
                findings.schema(fields.place(), noun + " needs \"" + key + "\"");
            }
        }
    }

    private void check(String key, Field field, Findings findings) {
        ValueType type = keys.get(key);
        if (type == null) {
            String known = keys.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(keys.keySet()));
            findings.schema(
                    field.place(),
                    noun + " has no \"" + key + "\" (it takes " + known + ")",
                    Nearest.hint(key, keys.keySet()));
        } else if (!type.accepts(field.value())) {
            findings.schema(
                    field.value().place(),
                    "\"" + key + "\" of " + noun + " must be " + type.noun() + ", not " + found(field.value()));
        }
    }

    private static String found(YamlNode node) {
        boolean shown = node instanceof YamlNode.Scalar scalar
                && !scalar.isNull()
                && scalar.json().asText().length() <= 40;
        return shown ? node.noun() + " (" + node.json() + ")" : node.noun();
    }
}
