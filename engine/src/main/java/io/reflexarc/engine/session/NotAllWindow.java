// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.id.EventId;
import io.reflexarc.engine.compile.Item;
import io.reflexarc.engine.session.SessionState.Arrival;
import io.reflexarc.engine.session.SessionState.Kept;
import io.reflexarc.engine.session.SessionState.Window;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Trigger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The window of one {@code not_all} rule. Its first event opens it; when it ends incomplete, that event is reported and the
 * next one, if any, opens another window.
 */
final class NotAllWindow {
    private final Rule rule;
    private final Trigger.NotAll trigger;
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    /** Events of each condition among them: a window may hold very many. */
    private final int[] counts;

    private Optional<Instant> deadline = Optional.empty();

    NotAllWindow(Rule rule, Trigger.NotAll trigger) {
        this.rule = rule;
        this.trigger = trigger;
        this.counts = new int[trigger.patterns().size()];
    }

    Rule rule() {
        return rule;
    }

    /** Takes an event in; returns the sequences of all events of the window where this completes it. */
    Set<Long> arrive(Item item, int position, Instant now) {
        deadline = Optional.of(deadline.orElse(now.plus(trigger.timeout())));
        add(new Arrival(position, new Kept(item.sequence(), item.id().value(), item.body())));
        if (Arrays.stream(counts).anyMatch(count -> count == 0)) {
            return Set.of();
        }
        Set<Long> done = arrivals.stream().map(each -> each.event().sequence()).collect(Collectors.toSet());
        arrivals.clear();
        Arrays.fill(counts, 0);
        deadline = Optional.empty();
        return done;
    }

    private void add(Arrival arrival) {
        arrivals.add(arrival);
        counts[arrival.position()]++;
    }

    /** When it ends. */
    Optional<Instant> due() {
        return deadline;
    }

    /** The match at its end. */
    RuleMatch end(Instant now) {
        Arrival first = arrivals.removeFirst();
        counts[first.position()]--;
        deadline = arrivals.isEmpty() ? Optional.empty() : Optional.of(now.plus(trigger.timeout()));
        String binding = trigger.patterns().get(first.position()).binding();
        Kept event = first.event();
        return new RuleMatch(rule, List.of(new MatchedEvent(binding, new EventId(event.id()), event.body())), now);
    }

    /** Its data, where it is open. */
    Optional<Window> data() {
        return deadline.map(end -> new Window(rule.name(), end, List.copyOf(arrivals)));
    }

    void restore(Window window) {
        deadline = Optional.of(window.deadline());
        window.arrivals().forEach(this::add);
    }
}
