// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Step 9 of the path of an event: one attempt of an action, on a virtual thread of its own. The worker owns this object and
 * is its only caller; the action sees it as its context.
 */
final class Attempt implements ActionContext {
    private final ClaimedTask claimed;
    private final WorkerContext worker;
    private final Targets targets;
    private final Instant started;
    private volatile Instant deadline;
    private final OutputRecorder output = new OutputRecorder();
    private Optional<Thread> thread = Optional.empty();
    private Optional<Stop> stop = Optional.empty();
    private Instant stoppedAt = Instant.MAX;
    private volatile boolean handedOver;
    private volatile boolean interrupted;
    private volatile boolean threw;
    private volatile Optional<Targets.Refusal> refusal = Optional.empty();
    private boolean ended;
    private boolean renewing;
    private boolean askAgain;
    private Instant renewedAt;

    Attempt(ClaimedTask claimed, WorkerContext worker, Targets targets, Instant now) {
        this.claimed = claimed;
        this.worker = worker;
        this.targets = targets;
        this.started = now;
        this.renewedAt = now;
        this.deadline = now.plus(claimed.task().timeout());
    }

    /** Begins; the outcome comes on the action's thread, once. */
    void start(Consumer<ActionOutcome> done) {
        Thread runner = Thread.ofVirtual()
                .name("action-" + claimed.task().action() + "-" + claimed.task().id())
                .unstarted(() -> done.accept(run()));
        thread = Optional.of(runner);
        runner.start();
    }

    private ActionOutcome run() {
        Action action;
        try {
            action = worker.catalogue()
                    .decode(claimed.task().action(), claimed.task().arguments());
        } catch (ProblemException e) {
            return ActionOutcome.Failed.permanent(e.detail());
        } catch (Throwable e) {
            // A record's constructor may throw anything; whatever it is, the arguments will not change
            return ActionOutcome.Failed.permanent(claimed.task().action() + ": " + sentence(e));
        }
        Optional<Action.Target> target;
        try {
            target = action.target(this);
        } catch (RuntimeException e) {
            target = Optional.empty(); // the action itself says what is wrong
        }
        return target.isEmpty() ? run(action) : call(action, target.get());
    }

    private ActionOutcome call(Action action, Action.Target target) {
        refusal = targets.enter(target.address());
        if (refusal.isPresent()) {
            return ActionOutcome.Failed.retryable(refusal.get().reason());
        }
        Instant begun = worker.clock().instant();
        deadline = begun.plus(claimed.task().timeout()); // the line took no time of its own
        Targets.Verdict verdict = Targets.Verdict.UNKNOWN;
        try {
            ActionOutcome outcome = run(action);
            if (!interrupted) {
                verdict = Targets.judge(target, outcome, threw);
            }
            return outcome;
        } finally {
            targets.leave(
                    target, verdict, Duration.between(begun, worker.clock().instant()));
        }
    }

    private ActionOutcome run(Action action) {
        try {
            return action.run(this);
        } catch (ProblemException e) {
            return new ActionOutcome.Failed(e.detail(), passes(e.type()), Optional.empty(), JsonText.EMPTY_OBJECT);
        } catch (Throwable e) {
            threw = true;
            // The boundary of all actions: an Error of one must not leave its task without an outcome
            return ActionOutcome.Failed.retryable(sentence(e));
        }
    }

    /** What is wrong with us or with our servers may be over soon; what is wrong with the call will not. */
    private static boolean passes(ProblemType type) {
        return type.status() >= 500 || type == ProblemType.TOO_MANY_REQUESTS;
    }

    private static String sentence(Throwable e) {
        String message = Optional.ofNullable(e.getMessage()).orElse("");
        return message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    /** Interrupts the action, for the first reason given. */
    void interrupt(Stop reason, Instant now) {
        if (stop.isEmpty() && !ended) {
            stop = Optional.of(reason);
            stoppedAt = now;
            // Too slow is the target's fault
            interrupted = reason != Stop.TIMED_OUT;
            handedOver = reason == Stop.LOST || reason == Stop.GIVEN_BACK;
            thread.ifPresent(Thread::interrupt);
        }
    }

    /** Nothing counts any more that the action does; {@code false} when it was so already. */
    boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    boolean ended() {
        return ended;
    }

    /** Why the action did not begin, when it did not. */
    Optional<Targets.Refusal> refusal() {
        return refusal;
    }

    Optional<Stop> stop() {
        return stop;
    }

    /** Whether an interrupted action still goes on after this grace. */
    boolean deaf(Instant now, Duration grace) {
        return stop.isPresent() && !ended && now.isAfter(stoppedAt.plus(grace));
    }

    Instant started() {
        return started;
    }

    OutputRecorder recorder() {
        return output;
    }

    /** When its lease was renewed last, by our clock before the call. */
    Instant renewedAt() {
        return renewedAt;
    }

    void renewed(Instant at) {
        renewedAt = at;
    }

    /** Somebody wants to know more than the answer on its way can tell. */
    void askAgain(boolean wanted) {
        askAgain = wanted;
    }

    boolean askAgain() {
        return askAgain;
    }

    boolean renewing() {
        return renewing;
    }

    void renewing(boolean now) {
        renewing = now;
    }

    @Override
    public ActionTask task() {
        return claimed.task();
    }

    @Override
    public int attempt() {
        return claimed.attempt();
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public Optional<String> inventory() {
        return claimed.inventory();
    }

    @Override
    public boolean handedOver() {
        return handedOver;
    }

    @Override
    public void print(String text) {
        output.print(text);
        worker.echo().accept(claimed.task(), text);
    }

    @Override
    public <T> T resource(Class<T> type) {
        return worker.resources().get(type);
    }

    /** Why an action is interrupted. */
    enum Stop {
        /** Its deadline passed. */
        TIMED_OUT,
        /** Another attempt has the task. */
        LOST,
        /** A person cancelled the task. */
        CANCELLED,
        /** The worker stops and gives the task back. */
        GIVEN_BACK
    }
}
