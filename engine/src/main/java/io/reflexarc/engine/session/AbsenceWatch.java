// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import io.reflexarc.engine.compile.CompiledRuleset;
import io.reflexarc.engine.compile.Evaluator;
import io.reflexarc.engine.compile.Found;
import io.reflexarc.engine.compile.Item;
import io.reflexarc.engine.compile.Scope;
import io.reflexarc.engine.compile.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Rules whose whole condition is that a field is not defined: they match once, without any event, when nothing in memory
 * has the field. What comes true between two evaluations is kept here until the next one.
 */
final class AbsenceWatch {
    /** The original looks at its clock ten times a second. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final boolean watches;
    private final Evaluator evaluator = new Evaluator();
    private final List<Found> pending = new ArrayList<>();
    private Optional<Instant> due = Optional.empty();
    private final CompiledRuleset compiled;

    AbsenceWatch(CompiledRuleset compiled) {
        this.compiled = compiled;
        watches = compiled.watchesAbsence();
    }

    boolean watches() {
        return watches;
    }

    /** When what is kept is reported, unless something else makes the session look earlier. */
    Optional<Instant> due() {
        return due;
    }

    /** Keeps what was found outside of an evaluation. */
    void found(List<Found> found, Instant now) {
        found.stream().filter(each -> each.items().isEmpty()).forEach(pending::add);
        due = pending.isEmpty() ? Optional.empty() : Optional.of(due.orElse(now.plus(PAUSE)));
    }

    /** Adds what is kept and still true, and forgets the rest. */
    void take(List<Found> found, Collection<Item> items) {
        Predicate<Found> holds = each -> each.terminal().rule().trigger().patterns().stream()
                .allMatch(pattern -> items.stream()
                        .allMatch(item -> evaluator.test(pattern.condition(), Scope.of(item.fields())) == Truth.TRUE));
        pending.stream().filter(holds).filter(each -> !found.contains(each)).forEach(found::add);
        pending.clear();
        due = Optional.empty();
    }

    /** Names of the terminals that are kept. */
    List<String> pending() {
        return pending.stream().map(each -> each.terminal().name()).toList();
    }

    void restore(List<String> names, Optional<Instant> at) {
        due = at;
        names.forEach(name -> pending.add(new Found(compiled.terminal(name), List.of())));
    }
}
