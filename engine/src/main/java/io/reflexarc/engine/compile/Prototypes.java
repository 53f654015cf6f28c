// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.rulebooks.condition.Expression.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.drools.model.functions.Function1;
import org.drools.model.prototype.PrototypeDSL;
import org.drools.model.prototype.PrototypeExpression;
import org.jspecify.annotations.Nullable;
import org.kie.api.prototype.Prototype;
import org.kie.api.prototype.PrototypeEvent;
import org.kie.api.prototype.PrototypeFactInstance;

/** Events and facts are one prototype: {@code event.x} and {@code fact.x} mean the same. */
final class Prototypes {
    static final PrototypeEvent ITEM = PrototypeDSL.prototypeEvent("item");

    private Prototypes() {}

    /** Scalar types that an index may hold. One index never mixes two of them. */
    enum Kind {
        NUMBER,
        STRING,
        BOOLEAN;

        static Optional<Kind> of(@Nullable Object value) {
            return switch (value) {
                case Number n when Values.isFinite(n) -> Optional.of(NUMBER);
                case String s -> Optional.of(STRING);
                case Boolean b -> Optional.of(BOOLEAN);
                case null, default -> Optional.empty();
            };
        }
    }

    /**
     * A path as one type: its values are equal exactly where the language says so, and anything else is undefined. Drools
     * takes two constraints for one when their texts agree, so the key holds a number for the path and its type, and the
     * constant's text stands last.
     *
     * @param ordered whether for a range; otherwise for equality
     * @param key number of the path and type
     */
    record TypedField(Path path, Kind kind, boolean ordered, String key) implements PrototypeExpression {
        /** Numbers become text for equality, because Drools never hashes the one type that holds them all exactly. */
        Object normal(@Nullable Object value) {
            if (value == null || Kind.of(value).orElse(null) != kind) {
                return Prototype.UNDEFINED_VALUE;
            }
            if (value instanceof Number number) {
                return ordered ? Values.exact(number) : Values.canonicalText(number);
            }
            return value;
        }

        boolean has(Map<String, Object> fields) {
            return Kind.of(Values.read(path, Scope.of(fields)))
                    .filter(kind::equals)
                    .isPresent();
        }

        @Override
        public Function1<PrototypeFactInstance, Object> asFunction(Prototype prototype) {
            return item ->
                    normal(Values.read(path, Scope.of(((Fact) item).item().fields())));
        }

        @Override
        public Collection<String> getImpactedFields() {
            return List.of();
        }

        @Override
        public Optional<String> getIndexingKey() {
            return Optional.of(key);
        }

        @Override
        public String toString() {
            return key;
        }
    }
}
