// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluated arguments of a call.
 *
 * @param callee for messages
 * @param positional in order
 * @param named by name
 */
record Arguments(String callee, List<Value> positional, Map<String, Value> named) {
    static Arguments none(String callee) {
        return new Arguments(callee, List.of(), Map.of());
    }

    /** The argument at this position or with this name. */
    Optional<Value> get(int position, String name) {
        return position < positional.size()
                ? Optional.of(positional.get(position))
                : Optional.ofNullable(named.get(name));
    }

    Value require(int position, String name) {
        return get(position, name)
                .orElseThrow(() ->
                        new TemplateFailure(callee + "() missing 1 required positional argument: '" + name + "'"));
    }

    String text(int position, String name, String fallback) {
        return get(position, name).map(Texts::str).orElse(fallback);
    }

    String text(int position, String name) {
        return Texts.str(require(position, name));
    }

    boolean flag(int position, String name, boolean fallback) {
        return get(position, name).map(Value::truthy).orElse(fallback);
    }

    int number(int position, String name, int fallback) {
        return get(position, name).map(this::number).orElse(fallback);
    }

    int number(int position, String name) {
        return number(require(position, name));
    }

    private int number(Value value) {
        BigInteger number = Operations.integer(value)
                .orElseThrow(() -> new TemplateFailure(
                        callee + "(): '" + value.typeName() + "' object cannot be interpreted as an integer"));
        if (number.bitLength() >= Integer.SIZE) {
            throw new TemplateFailure(callee + "(): the number is too large");
        }
        return number.intValue();
    }

    /** The arguments after the first n. */
    Arguments from(int n) {
        return new Arguments(callee, positional.subList(Math.min(n, positional.size()), positional.size()), named);
    }
}
