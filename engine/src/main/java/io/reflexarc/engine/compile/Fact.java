// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import java.util.Objects;
import java.util.UUID;
import org.drools.model.prototype.impl.HashMapEventImpl;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.rule.FactHandle;

/** An item in the working memory of Drools. It wraps the parsed body, without a copy, and costs no random number. */
final class Fact extends HashMapEventImpl {
    private static final long serialVersionUID = 1L;

    private final transient Item item;
    private final transient JoinMeters meters;
    private transient @Nullable FactHandle handle;

    /** As the session sees it that counts with these meters. */
    Fact(Item item, JoinMeters meters) {
        super(new UUID(0, item.sequence()), Prototypes.ITEM, item.fields(), item.atMillis(), item.ttlMillis());
        this.item = item;
        this.meters = meters;
    }

    Item item() {
        return item;
    }

    /** Of the session that holds it. */
    JoinMeters meters() {
        return meters;
    }

    void handle(FactHandle given) {
        handle = given;
    }

    @Nullable
    FactHandle handle() {
        return handle;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(item.sequence());
    }
}
