// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.drools.model.prototype.impl.HashMapEventImpl;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.rule.FactHandle;

/** An event or fact in working memory. It wraps the parsed body, without a copy, and costs no random number. */
public final class Item extends HashMapEventImpl {
    private static final long serialVersionUID = 1L;

    private final long sequence;
    private final transient EventId id;
    private final boolean fact;
    private final transient JsonText arrived;
    private transient JsonText body;
    private transient @Nullable FactHandle handle;

    /**
     * A new item.
     *
     * @param sequence place in the order of arrival at this session
     * @param id {@code meta.uuid}
     * @param fact whether it stays until it is retracted
     * @param body as it arrived
     * @param atMillis session time of its arrival
     * @param ttlMillis how long it stays; facts ignore it
     */
    public Item(long sequence, EventId id, boolean fact, JsonText body, long atMillis, long ttlMillis) {
        this(sequence, id, fact, body, body.object(), atMillis, fact ? Long.MAX_VALUE : ttlMillis);
    }

    private Item(
            long sequence,
            EventId id,
            boolean fact,
            JsonText body,
            Map<String, Object> parsed,
            long atMillis,
            long expirationMillis) {
        super(new UUID(0, sequence), Prototypes.ITEM, parsed, atMillis, expirationMillis);
        this.sequence = sequence;
        this.id = id;
        this.fact = fact;
        this.arrived = body;
        this.body = body;
    }

    /** Place in the order of arrival. */
    public long sequence() {
        return sequence;
    }

    /** {@code meta.uuid}. */
    public EventId id() {
        return id;
    }

    /** Whether it stays until it is retracted. */
    public boolean isFact() {
        return fact;
    }

    /** As it arrived, or as a throttle amended it. */
    public JsonText body() {
        return body;
    }

    /** The body as it arrived. */
    public JsonText arrived() {
        return arrived;
    }

    /** The parsed body. */
    public Map<String, Object> fields() {
        return asMap();
    }

    /** Session time of its arrival. */
    public long atMillis() {
        return getTimestamp();
    }

    /** Replaces the body that matches show; conditions go on looking at what arrived. */
    public void amend(JsonText amended) {
        body = amended;
    }

    void handle(@Nullable FactHandle given) {
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
        return Objects.hashCode(sequence);
    }

    @Override
    public String toString() {
        return (fact ? "fact " : "event ") + id;
    }
}
