// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.rulebooks.YamlNode.Field;
import io.reflexarc.rulebooks.YamlNode.Fields;
import io.reflexarc.rulebooks.YamlNode.Items;
import io.reflexarc.rulebooks.YamlNode.Scalar;
import java.util.List;
import java.util.Optional;

/** Reads the keys of a mapping. A value of the wrong type counts as absent: its {@link Shape} has named it already. */
record Mapping(Fields fields) {
    Optional<YamlNode> get(String key) {
        return Optional.ofNullable(fields.fields().get(key)).map(Field::value);
    }

    boolean has(String key) {
        return fields.fields().containsKey(key);
    }

    Place place() {
        return fields.place();
    }

    Optional<Scalar> scalar(String key) {
        return get(key).filter(Scalar.class::isInstance).map(Scalar.class::cast);
    }

    Optional<String> string(String key) {
        return scalar(key).filter(Scalar::isString).map(scalar -> scalar.json().textValue());
    }

    boolean flag(String key, boolean fallback) {
        return scalar(key).map(scalar -> scalar.json().asBoolean(fallback)).orElse(fallback);
    }

    List<YamlNode> list(String key) {
        return get(key).filter(Items.class::isInstance)
                .map(node -> ((Items) node).items())
                .orElse(List.of());
    }

    List<Scalar> strings(String key) {
        return list(key).stream()
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .filter(Scalar::isString)
                .toList();
    }
}
