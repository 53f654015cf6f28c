// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.engine.compile.CompiledRulesets;
import io.reflexarc.engine.decision.Decided;
import io.reflexarc.engine.decision.Phase;
import io.reflexarc.engine.decision.RulebookSession;
import io.reflexarc.engine.decision.SessionObserver;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.engine.decision.SnapshotBook;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A random rulebook under random schedules of crashes, delays, owners that were replaced and do not know, and answers that
 * got lost. What is committed must be what one session decides that reads the same log from its start and that nobody ever
 * interrupts. Everything follows from the seed.
 */
final class Simulation {
    private static final int MOST_STEPS = 40;

    private final String text;
    private final SessionPlan plan;
    private final CompiledRulesets compiled = new CompiledRulesets();

    /** The rulebook of that number. */
    Simulation(long number) {
        text = RandomRulebook.text(number);
        var templates = new Templates();
        var rulebook =
                new RulebookParser(Set.of("act"), templates::text).parse(text, "rulebook.yml", JsonText.EMPTY_OBJECT);
        plan = new SessionPlan(
                SimulatedSite.INBOX,
                SimulatedSite.INCARNATION,
                rulebook,
                1,
                JsonText.EMPTY_OBJECT,
                Map.of("left", SimulatedSite.LEFT, "right", SimulatedSite.RIGHT),
                number % 2 == 0 ? ExecutionStrategy.SEQUENTIAL : ExecutionStrategy.PARALLEL,
                templates,
                new ActionCatalogue(List.of()));
    }

    /** What happens under this seed. */
    static List<SimulatedStep> story(long seed) {
        var random = new Random(seed);
        List<SimulatedStep> story = new ArrayList<>();
        int length = 8 + random.nextInt(MOST_STEPS);
        for (int i = 0; i < length; i++) {
            story.add(SimulatedStep.any(random));
        }
        return story;
    }

    /** Lets it happen, and fails where what is committed is wrong. */
    Happened run(long seed, List<SimulatedStep> story, UnaryOperator<DecisionLog> sabotage) {
        try (var site = new SimulatedSite(plan, compiled, limits(new Random(~seed)), sabotage)) {
            story.forEach(step -> step.happen(site));
            SimulatedOwner last = site.calm();
            return compare(site, last.run().session());
        }
    }

    /** The smallest part of the story that still fails that is found by leaving steps out. */
    List<SimulatedStep> shrunk(long seed, List<SimulatedStep> story, UnaryOperator<DecisionLog> sabotage) {
        List<SimulatedStep> shortest = story;
        for (int i = story.size() - 1; i >= 0; i--) {
            List<SimulatedStep> shorter = new ArrayList<>(shortest);
            if (i < shorter.size()) {
                shorter.remove(i);
            }
            try {
                run(seed, shorter, sabotage);
            } catch (AssertionError | RuntimeException e) {
                shortest = shorter;
            }
        }
        return shortest;
    }

    private static Limits limits(Random random) {
        return new Limits(
                1 + random.nextInt(4),
                1 + random.nextInt(10),
                100,
                1 + random.nextInt(8),
                Duration.ofSeconds(random.nextInt(4)),
                Duration.ZERO,
                Duration.ZERO,
                SimulatedSite.LEASE,
                3);
    }

    /** With the run of the same log that nobody interrupts: every row, every snapshot, the last state. */
    private Happened compare(SimulatedSite site, RulebookSession last) {
        Map<Position, JsonText> snapshots = new HashMap<>();
        Optional<Snapshot> newest = Optional.empty();
        for (Commit commit : site.commits()) {
            Optional<Snapshot> before = newest;
            newest = commit.snapshot().map(taken -> taken.after(before)).or(() -> before);
            commit.snapshot().ifPresent(taken -> snapshots.put(taken.at(), SnapshotBook.whole(taken.after(before))));
        }
        List<Decision> decisions = new ArrayList<>();
        List<ActionProgress> progress = new ArrayList<>();
        Position position = site.position();
        try (var whole = new RulebookSession(plan, SessionObserver.NONE, compiled)) {
            for (LogEntry entry : site.entries()) {
                if (entry.position().compareTo(position) > 0) {
                    requireEnded(entry, last);
                    break;
                }
                Decided decided = whole.take(entry);
                decisions.addAll(decided.decisions());
                progress.addAll(decided.progress());
                Optional.ofNullable(snapshots.remove(entry.position()))
                        .ifPresent(state -> same(
                                "snapshot at " + entry.position(),
                                state.tree(),
                                whole.state().tree()));
            }
            same(
                    "rows",
                    JsonText.of(of(site, Commit::decisions)).tree(),
                    JsonText.of(decisions).tree());
            same(
                    "progress",
                    JsonText.of(of(site, Commit::progress)).tree(),
                    JsonText.of(progress).tree());
            same("last state", last.state().tree(), whole.state().tree());
        }
        requireNothingStale(site, decisions);
        return new Happened(decisions.size(), (int)
                site.commits().stream().map(Commit::epoch).distinct().count());
    }

    /** Only a session that a rule has shut down leaves entries undecided. */
    private static void requireEnded(LogEntry next, RulebookSession last) {
        if (last.phase() != Phase.COMPLETED) {
            throw new AssertionError("entry " + next + " is not decided");
        }
    }

    private static <T> List<T> of(SimulatedSite site, Function<Commit, List<T>> part) {
        return site.commits().stream()
                .flatMap(commit -> part.apply(commit).stream())
                .toList();
    }

    private static void same(String what, Object committed, Object uninterrupted) {
        if (!committed.equals(uninterrupted)) {
            throw new AssertionError(what + "\n committed:     " + committed + "\n uninterrupted: " + uninterrupted);
        }
    }

    /** What the source of a replaced owner sent after its successor had begun decides nothing. */
    private static void requireNothingStale(SimulatedSite site, List<Decision> decisions) {
        Set<String> matched = decisions.stream()
                .flatMap(decision -> decision.matched().stream())
                .map(MatchedEvent::id)
                .map(Object::toString)
                .collect(Collectors.toSet());
        long owner = 0;
        for (LogEntry entry : site.entries()) {
            if (entry instanceof LogEntry.Controlled controlled
                    && controlled.control() instanceof LogEntry.Control.Owner begun) {
                owner = begun.epoch();
            } else if (entry instanceof LogEntry.Arrived arrived
                    && arrived.epoch() > 0
                    && arrived.epoch() < owner
                    && matched.contains(arrived.id().toString())) {
                throw new AssertionError("decided on " + arrived + ", which came from a source of a replaced owner");
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * What a run came to.
     *
     * @param decisions committed
     * @param owners that committed
     */
    record Happened(int decisions, int owners) {}

    /** Rows whose snapshots come back changed. */
    static UnaryOperator<DecisionLog> snapshots(UnaryOperator<JsonText> change) {
        return rows -> new SabotagedRows(
                rows,
                snapshot -> new Snapshot(snapshot.at(), "session/2", change.apply(SnapshotBook.whole(snapshot))),
                false);
    }
}
