// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event or fact at a session, told apart by identity. It is light on purpose: most items are nothing that a rule waits
 * for, and only those that are get a {@link Fact}, which is what Drools sees.
 */
public final class Item {
    private final long sequence;
    private final EventId id;
    private final boolean fact;
    private final JsonText arrived;
    private final Map<String, Object> fields;
    private final long atMillis;
    private final long ttlMillis;
    private JsonText body;
    private @Nullable Fact known;

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
        this.sequence = sequence;
        this.id = id;
        this.fact = fact;
        this.arrived = body;
        this.body = body;
        this.fields = body.object();
        this.atMillis = atMillis;
        this.ttlMillis = fact ? Long.MAX_VALUE : ttlMillis;
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
        return fields;
    }

    /** Session time of its arrival. */
    public long atMillis() {
        return atMillis;
    }

    /** How long it stays. */
    long ttlMillis() {
        return ttlMillis;
    }

    /** Whether time has taken it away. */
    public boolean isOver(long nowMillis) {
        return !fact && nowMillis - atMillis >= ttlMillis;
    }

    /** Replaces the body that matches show; conditions go on looking at what arrived. */
    public void amend(JsonText amended) {
        body = amended;
    }

    void known(@Nullable Fact as) {
        known = as;
    }

    /** What Drools knows it as; null where it does not. */
    @Nullable
    Fact known() {
        return known;
    }

    @Override
    public String toString() {
        return (fact ? "fact " : "event ") + id;
    }
}
