// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.compile.Item;
import io.reflexarc.engine.session.SessionState.Group;
import io.reflexarc.engine.session.SessionState.Kept;
import io.reflexarc.engine.session.SessionState.ThrottleData;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Throttle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The throttle of one rule. Every event that its condition matches goes in here and on to no later rule. */
final class ThrottleGate {
    /** Begins the key of an event that lacks an attribute; keys of values are JSON lists. */
    private static final String ALONE = "#";

    private final Rule rule;
    private final Throttle throttle;
    private final GroupKey keys;
    /** By key, in the order in which they end; for {@code once_after}, where all end together, by their latest event. */
    private final Map<String, Group> groups = new LinkedHashMap<>();

    private Optional<Instant> deadline = Optional.empty();

    ThrottleGate(Rule rule, Throttle throttle) {
        this.rule = rule;
        this.throttle = throttle;
        keys = new GroupKey(throttle.groupBy());
    }

    Rule rule() {
        return rule;
    }

    /** Whether the event is reported at once; it is amended then. */
    boolean admits(Item item, Instant now) {
        forgetEnded(now);
        Optional<String> key = keys.of(item.fields());
        return switch (throttle) {
            case Throttle.OnceWithin once -> admitsOnce(once, key, item, now);
            case Throttle.AccumulateWithin accumulate -> accumulates(accumulate, key, item, now);
            case Throttle.OnceAfter after -> {
                keep(after, key, item, now);
                yield false;
            }
        };
    }

    /** The group that an item that arrived here is in, while it has one. */
    Optional<Group> group(Item item) {
        String key = keys.of(item.fields()).orElse(ALONE + item.sequence());
        return Optional.ofNullable(groups.get(key));
    }

    /** A window with a deadline forgets its groups itself. */
    private void forgetEnded(Instant now) {
        Iterator<Group> oldest = groups.values().iterator();
        while (deadline.isEmpty()
                && oldest.hasNext()
                && !now.isBefore(oldest.next().until())) {
            oldest.remove();
        }
    }

    private boolean admitsOnce(Throttle.OnceWithin once, Optional<String> key, Item item, Instant now) {
        if (key.isPresent()) {
            if (groups.containsKey(key.get())) {
                return false;
            }
            groups.put(key.get(), new Group(key.get(), 1, now.plus(once.window().duration()), Optional.empty()));
        }
        item.amend(Amendment.onceWithin(item.body(), once.window()));
        return true;
    }

    private boolean accumulates(Throttle.AccumulateWithin accumulate, Optional<String> key, Item item, Instant now) {
        int count = key.map(group -> count(group, now.plus(accumulate.window().duration())))
                .orElse(1);
        if (count < accumulate.threshold()) {
            return false;
        }
        key.ifPresent(groups::remove);
        item.amend(Amendment.accumulated(item.body(), accumulate.window(), accumulate.threshold()));
        return true;
    }

    private int count(String key, Instant until) {
        Group before = groups.get(key);
        Group now = before == null ? new Group(key, 1, until, Optional.empty()) : oneMore(before);
        groups.put(key, now);
        return now.count();
    }

    private static Group oneMore(Group group) {
        return new Group(group.key(), group.count() + 1, group.until(), group.first());
    }

    private void keep(Throttle.OnceAfter after, Optional<String> key, Item item, Instant now) {
        Instant end = deadline.orElse(now.plus(after.window().duration()));
        deadline = Optional.of(end);
        String group = key.orElse(ALONE + item.sequence());
        Kept first = new Kept(item.sequence(), item.id().value(), item.body());
        // the group that got the latest event is reported last, as the original does
        Group before = groups.remove(group);
        groups.put(group, before == null ? new Group(group, 1, end, Optional.of(first)) : oneMore(before));
    }

    /** When its window ends. */
    Optional<Instant> due() {
        return deadline;
    }

    /** The match at the end of the window. */
    RuleMatch end(Instant now) {
        List<MatchedEvent> matched = new ArrayList<>();
        for (Group group : groups.values()) {
            Kept first = group.first().orElseThrow();
            String binding =
                    groups.size() == 1 ? rule.trigger().patterns().getFirst().binding() : "m_" + matched.size();
            JsonText body = Amendment.onceAfter(first.body(), throttle.window(), group.count());
            matched.add(new MatchedEvent(binding, new EventId(first.id()), body));
        }
        groups.clear();
        deadline = Optional.empty();
        return new RuleMatch(rule, matched, now);
    }

    /** Its data, where it has any. */
    Optional<ThrottleData> data() {
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of(new ThrottleData(rule.name(), deadline, List.copyOf(groups.values())));
    }

    void restore(ThrottleData data) {
        deadline = data.deadline();
        data.groups().forEach(group -> groups.put(group.key(), group));
    }
}
