// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.event.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.compile.Item;
import io.reflexarc.engine.session.SessionState.Group;
import io.reflexarc.engine.session.SessionState.Kept;
import io.reflexarc.engine.session.SessionState.ThrottleData;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Throttle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The throttle of one rule. Every event that its condition matches goes in here and on to no later rule. */
final class ThrottleGate {
    private final Rule rule;
    private final Throttle throttle;
    private final GroupKey keys;
    private final List<Group> groups = new ArrayList<>();
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
        groups.removeIf(group -> deadline.isEmpty() && !now.isBefore(group.until()));
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

    private boolean admitsOnce(Throttle.OnceWithin once, Optional<String> key, Item item, Instant now) {
        if (key.isPresent()) {
            if (find(key.get()) >= 0) {
                return false;
            }
            groups.add(new Group(key.get(), 1, now.plus(once.window()), Optional.empty()));
        }
        item.amend(Amendment.onceWithin(item.body(), once.window()));
        return true;
    }

    private boolean accumulates(Throttle.AccumulateWithin accumulate, Optional<String> key, Item item, Instant now) {
        int count = 1;
        if (key.isPresent()) {
            int at = find(key.get());
            Instant until =
                    at < 0 ? now.plus(accumulate.window()) : groups.get(at).until();
            count = at < 0 ? 1 : groups.get(at).count() + 1;
            put(at, new Group(key.get(), count, until, Optional.empty()));
            if (count >= accumulate.threshold()) {
                groups.remove(find(key.get()));
            }
        }
        if (count < accumulate.threshold()) {
            return false;
        }
        item.amend(Amendment.accumulated(item.body(), accumulate.window(), accumulate.threshold()));
        return true;
    }

    private void keep(Throttle.OnceAfter after, Optional<String> key, Item item, Instant now) {
        Instant end = deadline.orElse(now.plus(after.window()));
        deadline = Optional.of(end);
        int at = key.map(this::find).orElse(-1);
        if (at < 0) {
            Kept first = new Kept(item.sequence(), item.id().value(), item.body());
            groups.add(new Group(key.orElse(""), 1, end, Optional.of(first)));
        } else {
            Group group = groups.get(at);
            groups.set(at, new Group(group.key(), group.count() + 1, end, group.first()));
        }
    }

    private int find(String key) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private void put(int at, Group group) {
        if (at < 0) {
            groups.add(group);
        } else {
            groups.set(at, group);
        }
    }

    /** When its window ends. */
    Optional<Instant> due() {
        return deadline;
    }

    /** The match at the end of the window. */
    RuleMatch end(Instant now) {
        Duration window = ((Throttle.OnceAfter) throttle).window();
        List<MatchedEvent> matched = new ArrayList<>();
        for (Group group : groups) {
            Kept first = group.first().orElseThrow();
            String binding =
                    groups.size() == 1 ? rule.trigger().patterns().getFirst().binding() : "m_" + matched.size();
            JsonText body = Amendment.onceAfter(first.body(), window, group.count());
            matched.add(new MatchedEvent(binding, new EventId(first.id()), body));
        }
        groups.clear();
        deadline = Optional.empty();
        return new RuleMatch(rule, matched, now);
    }

    /** Its data, where it has any. */
    Optional<ThrottleData> data() {
        return groups.isEmpty() ? Optional.empty() : Optional.of(new ThrottleData(rule.name(), deadline, groups));
    }

    void restore(ThrottleData data) {
        deadline = data.deadline();
        groups.addAll(data.groups());
    }
}
