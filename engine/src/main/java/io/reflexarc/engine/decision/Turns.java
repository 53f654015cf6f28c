// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.OwnResult;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.TaskId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The order of actions. Within a decision the next action starts when the one before has ended; in a sequential ruleset the
 * next decision starts when the one before has no action left; in a parallel one no decision waits for another.
 */
final class Turns {
    private final BiFunction<DecisionId, Effect, OwnResult> performer;
    private final Map<TaskId, Turn> running = new LinkedHashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final Map<String, Deque<Turn>> queued = new LinkedHashMap<>();

    /** Nothing runs yet; the performer does the engine's own actions. */
    Turns(BiFunction<DecisionId, Effect, OwnResult> performer) {
        this.performer = performer;
    }

    /** Takes what {@link #open} of another one answered. */
    void restore(List<Turn> open) {
        for (Turn turn : open) {
            if (!busy(turn) && turn.steps().getFirst() instanceof Step.Task task) {
                wait(task.task(), turn);
            } else {
                queue(turn);
            }
        }
    }

    /** Everything that has not ended: for each sequential ruleset the running turn before the waiting ones. */
    List<Turn> open() {
        List<Turn> open = new ArrayList<>(running.values());
        queued.values().forEach(open::addAll);
        return open;
    }

    /** Decisions that have not ended. */
    int size() {
        return running.size() + queued.values().stream().mapToInt(Deque::size).sum();
    }

    boolean isEmpty() {
        return running.isEmpty() && queued.isEmpty();
    }

    /** Gives up everything that waits. */
    void clear() {
        running.clear();
        busy.clear();
        queued.clear();
    }

    /** A new decision: what of it happens at once. */
    List<ActionProgress> begin(Turn turn) {
        List<ActionProgress> progress = new ArrayList<>();
        if (busy(turn)) {
            queue(turn);
        } else {
            run(turn, progress);
        }
        return progress;
    }

    /** The awaited step of a task; empty when nothing waits for it, or not any more. */
    Optional<Step.Task> awaited(TaskId task) {
        return Optional.ofNullable(running.get(task))
                .map(turn -> (Step.Task) turn.steps().getFirst());
    }

    /** An awaited task ended: what happens next. */
    List<ActionProgress> ended(TaskId task) {
        List<ActionProgress> progress = new ArrayList<>();
        Turn turn = running.remove(task);
        if (turn == null) {
            return progress;
        }
        if (turn.sequential()) {
            busy.remove(turn.ruleset());
        }
        run(turn.rest(), progress);
        while (turn.sequential() && !busy(turn) && queued.containsKey(turn.ruleset())) {
            run(next(turn.ruleset()), progress);
        }
        return progress;
    }

    private void run(Turn turn, List<ActionProgress> progress) {
        Turn left = turn;
        while (!left.steps().isEmpty()) {
            switch (left.steps().getFirst()) {
                case Step.Own own -> {
                    progress.add(new ActionProgress.Done(
                            left.decision(), own.index(), performer.apply(left.decision(), own.effect())));
                    if (own.effect() instanceof Effect.ShutDown shutDown && shutDown.now()) {
                        clear();
                        return;
                    }
                }
                case Step.Task task -> {
                    progress.add(new ActionProgress.Released(task.task()));
                    if (task.awaited()) {
                        wait(task.task(), left);
                        return;
                    }
                }
            }
            left = left.rest();
        }
    }

    private boolean busy(Turn turn) {
        return turn.sequential() && busy.contains(turn.ruleset());
    }

    private void wait(TaskId task, Turn turn) {
        running.put(task, turn);
        if (turn.sequential()) {
            busy.add(turn.ruleset());
        }
    }

    private void queue(Turn turn) {
        queued.computeIfAbsent(turn.ruleset(), unused -> new ArrayDeque<>()).add(turn);
    }

    private Turn next(String ruleset) {
        Deque<Turn> line = queued.getOrDefault(ruleset, new ArrayDeque<>());
        Turn next = line.remove();
        if (line.isEmpty()) {
            queued.remove(ruleset);
        }
        return next;
    }
}
