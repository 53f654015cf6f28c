// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.decision.OwnResult;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the decisions of one entry have posted inside and nobody has taken yet: one line, bounded in length and depth. */
final class Posts {
    /** Longest chain of posts that one entry may cause. */
    static final int MAX_DEPTH = 100;

    /** Most posts that one entry may cause. */
    static final int MAX_COUNT = 10_000;

    private final InboxId inbox;
    private final Incarnation incarnation;
    private final Deque<Post> line = new ArrayDeque<>();
    private Position entry = Position.START;
    private int count;
    private int depth;

    Posts(InboxId inbox, Incarnation incarnation) {
        this.inbox = inbox;
        this.incarnation = incarnation;
    }

    /** The next entry. */
    void begin(Position position) {
        entry = position;
        line.clear();
        count = 0;
        depth = 0;
    }

    /** Posts; {@code false} beyond the bounds. */
    boolean add(Effect.Internal effect) {
        if (depth >= MAX_DEPTH || count >= MAX_COUNT) {
            return false;
        }
        line.add(new Post(effect, id(count), depth + 1));
        count++;
        return true;
    }

    /** As {@link #add}, for one of these rulesets: what the action says of it. */
    OwnResult take(Effect.Internal effect, Set<String> rulesets) {
        if (!rulesets.contains(effect.ruleset())) {
            return new OwnResult(false, "there is no ruleset \"" + effect.ruleset() + "\" in this rulebook", "");
        }
        return add(effect)
                ? new OwnResult(true, "", "")
                : new OwnResult(
                        false,
                        "refused: one entry made " + MAX_COUNT + " posts, or a chain of " + MAX_DEPTH
                                + ": look for rules that trigger each other",
                        "");
    }

    /** Posts what a task has answered, when its ruleset is one of these. */
    void feed(Step.Feedback asked, JsonText data, Set<String> rulesets) {
        if (rulesets.contains(asked.ruleset())) {
            if (asked.fact()) {
                add(new Effect.Post(asked.ruleset(), asked.action(), true, data));
            }
            if (asked.event()) {
                add(new Effect.Post(asked.ruleset(), asked.action(), false, data));
            }
        }
    }

    /** Takes the oldest; what is posted until the next one was caused by it. */
    Optional<Post> next() {
        Optional<Post> next = Optional.ofNullable(line.poll());
        depth = next.map(Post::depth).orElse(0);
        return next;
    }

    /** The id of the facts of a host, the same whenever they are gathered. */
    EventId gathered(String host) {
        return named("gathered/" + inbox + "/" + host);
    }

    private EventId id(int n) {
        return named("internal/" + inbox + "/" + incarnation + "/" + entry + "/" + n);
    }

    private static EventId named(String name) {
        return new EventId(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    }

    /**
     * Something posted.
     *
     * @param effect a post or a retraction
     * @param id of the event or fact, a function of entry and number
     * @param depth length of the chain of posts that led to it
     */
    record Post(Effect.Internal effect, EventId id, int depth) {
        /** The event or fact with what is missing of its {@code meta}. */
        JsonText body(Effect.Post posted, Instant now) {
            Map<String, Object> body = posted.body().object();
            Map<String, Object> meta = new LinkedHashMap<>();
            if (body.get("meta") instanceof Map<?, ?> given) {
                given.forEach((key, value) -> meta.put(String.valueOf(key), value));
            }
            meta.putIfAbsent("source", source(posted.action()));
            meta.putIfAbsent("received_at", now.toString());
            meta.putIfAbsent("uuid", id.value());
            body.put("meta", meta);
            return JsonText.of(body);
        }

        /** In this order: the order of {@code Map.of} is another one in every process, and a replay must give the same bytes. */
        private static Map<String, Object> source(String action) {
            Map<String, Object> source = new LinkedHashMap<>();
            source.put("name", action);
            source.put("type", "internal");
            return source;
        }
    }
}
