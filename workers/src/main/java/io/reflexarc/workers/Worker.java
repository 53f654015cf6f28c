// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionQueue;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.ClaimedTask;
import io.reflexarc.core.action.Taker;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.live.LiveUpdate;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 8 of the path of an event: claims tasks as long as there is room, watches over their attempts and hands what they
 * answer to the {@link Reporter}. Everything here runs on one virtual-thread context of Vert.x.
 */
final class Worker {
    static final Logger LOGGER = LoggerFactory.getLogger(Worker.class);

    static final Duration LEASE = Duration.ofSeconds(15);
    static final Duration RENEW_EVERY = Duration.ofSeconds(5);

    /** How long an interrupted action may take to go. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /** How long an answer of the queue may take; a claim that came later is recovered when its lease runs out. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Most attempts that have ended and whose reports the queue has not answered yet. So many share a write; an attempt that ends
     * beyond them keeps its place, so that a queue that does not answer stops the worker.
     */
    static final int REPORTS = 256;

    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(20);

    private final Vertx vertx;
    private final Context context;
    private final WorkerContext worker;
    private final Reporter reporter;
    private final Tally tally;
    private final Targets targets;
    private final Map<TaskId, Attempt> running = new LinkedHashMap<>();
    private final Promise<Void> drained = Promise.promise();
    private final AtomicInteger room;
    private final Runnable lent;
    private int reports;
    private boolean claiming;
    private volatile boolean wanted;
    private volatile boolean stopping;
    private boolean claimFails;
    private long alarm = -1;

    Worker(Vertx vertx, WorkerContext worker) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.worker = worker;
        this.tally = new Tally(worker);
        this.targets = new Targets(worker.clock(), worker.concurrency());
        this.reporter = new Reporter(vertx, worker, tally);
        this.room = new AtomicInteger(worker.concurrency());
        this.lent = worker.queue().lend(new Lender());
    }

    /** Takes what is due, unless that happens already. */
    void wake() {
        wanted = true;
        if (claiming || stopping) {
            return;
        }
        claiming = true;
        Duration sleep = LONGEST_SLEEP;
        try {
            for (int places = reserve(); places > 0; places = reserve()) {
                wanted = false;
                // More may wait than was asked for
                if (claim(places) == places) {
                    wanted = true;
                }
            }
            sleep = sleep();
            if (wanted && room.get() > 0) {
                sleep = SHORTEST_SLEEP; // the bell rang meanwhile
            }
            claimFails = false;
        } catch (Exception e) {
            if (!claimFails) {
                LOGGER.atWarn()
                        .addKeyValue("worker", worker.name())
                        .setCause(e)
                        .log("tasks cannot be claimed, trying on");
            }
            claimFails = true;
        } finally {
            claiming = false;
        }
        vertx.cancelTimer(alarm);
        if (stopping) {
            checkDrained();
        } else {
            alarm = vertx.setTimer(sleep.toMillis(), ignored -> wake());
        }
    }

    /** Half of what is free: while a claim is under way commits and ends of tasks want room as well. */
    private int reserve() {
        return wanted && !stopping ? reserve((room.get() + 1) / 2) : 0;
    }

    private int reserve(int most) {
        int free = room.getAndUpdate(places -> places - Math.min(places, most));
        return Math.min(free, most);
    }

    private int claim(int places) {
        int claimed = 0;
        Instant asked = worker.clock().instant();
        try {
            List<ClaimedTask> tasks = worker.queue()
                    .claim(worker.name(), worker.queues(), places, LEASE)
                    .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .await();
            claimed = tasks.size();
            tasks.forEach(task -> begin(task, asked));
            return claimed;
        } finally {
            room.addAndGet(places - claimed);
        }
    }

    private Duration sleep() {
        if (room.get() <= 0) {
            return LONGEST_SLEEP;
        }
        Duration due = worker.queue()
                .nextDue(worker.queues())
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .await()
                .orElse(LONGEST_SLEEP);
        if (due.compareTo(LONGEST_SLEEP) > 0) {
            return LONGEST_SLEEP;
        }
        // Due, and yet it was not claimed: somebody else is about to
        return due.compareTo(SHORTEST_SLEEP) < 0 ? SHORTEST_SLEEP : due;
    }

    /** Begins unless so much time went by since it was asked for that another worker may have it. */
    private void begin(ClaimedTask claimed, Instant asked) {
        Instant now = worker.clock().instant();
        if (!now.isBefore(asked.plus(LEASE))) {
            LOGGER.atWarn().addKeyValue("taskId", claimed.task().id()).log("a task came when its lease was over");
            leave();
            return;
        }
        Attempt attempt = new Attempt(claimed, worker, targets, now);
        attempt.renewed(asked);
        running.put(claimed.task().id(), attempt);
        reporter.changed(attempt, TaskState.RUNNING, "");
        attempt.start(outcome -> context.runOnContext(ignored -> ended(attempt, outcome)));
        if (stopping) {
            attempt.interrupt(Attempt.Stop.GIVEN_BACK, now);
        }
    }

    /** One place is free again. */
    private void leave() {
        boolean full = room.getAndIncrement() <= 0;
        checkDrained();
        if (full) {
            wake(); // with room to spare, whatever is due was taken when its bell rang
        }
    }

    private void ended(Attempt attempt, ActionOutcome outcome) {
        if (!attempt.end()) {
            return;
        }
        boolean placed = reports >= REPORTS;
        reports++;
        if (!placed) {
            // Its task keeps lease and lock key until the report is written, but the next action need not wait for that
            context.runOnContext(ignored -> leave());
        }
        try {
            reporter.report(attempt, outcome);
        } finally {
            reports--;
            running.remove(attempt.task().id(), attempt);
            if (placed) {
                leave();
            } else {
                checkDrained();
            }
        }
    }

    /** Looks after what runs; called four times a second. */
    void tick() {
        Instant now = worker.clock().instant();
        for (Attempt attempt : List.copyOf(running.values())) {
            reporter.show(attempt);
            renew(attempt, now);
            if (!attempt.ended() && !now.isBefore(attempt.deadline())) {
                attempt.interrupt(Attempt.Stop.TIMED_OUT, now);
            }
            if (attempt.deaf(now, GRACE)) {
                LOGGER.atWarn()
                        .addKeyValue("taskId", attempt.task().id())
                        .addKeyValue("action", attempt.task().action())
                        .log("an interrupted action does not end; it is left behind");
                ended(attempt, ActionOutcome.Failed.retryable("was interrupted and did not end"));
            }
        }
        tally.publish(now, running.size());
    }

    private void renew(Attempt attempt, Instant now) {
        if (now.isAfter(attempt.renewedAt().plus(LEASE))) {
            // Nobody confirmed it for so long that another worker may have it
            attempt.interrupt(Attempt.Stop.LOST, now);
        }
        if (!attempt.renewing() && !now.isBefore(attempt.renewedAt().plus(RENEW_EVERY))) {
            ask(attempt, now);
        }
    }

    /** A task was cancelled, maybe one of ours: whoever runs it shall not wait until its lease is due. */
    void cancelled() {
        Instant now = worker.clock().instant();
        running.values().forEach(attempt -> ask(attempt, now));
    }

    /** Extends the lease, and learns whether the attempt still counts. */
    private void ask(Attempt attempt, Instant now) {
        if (attempt.renewing()) {
            attempt.askAgain(true);
            return;
        }
        attempt.renewing(true);
        worker.queue()
                .renew(attempt.task().id(), attempt.attempt(), LEASE)
                .onComplete(answer -> context.runOnContext(ignored -> {
                    attempt.renewing(false);
                    if (answer.succeeded()) {
                        heed(attempt, answer.result(), now);
                    }
                    if (attempt.askAgain()) {
                        attempt.askAgain(false);
                        ask(attempt, worker.clock().instant());
                    }
                }));
    }

    private void heed(Attempt attempt, ActionQueue.Renewal renewal, Instant asked) {
        switch (renewal) {
            case KEPT -> {
                attempt.renewed(asked);
                reporter.save(attempt);
            }
            case CANCELLED -> {
                attempt.renewed(asked);
                attempt.interrupt(Attempt.Stop.CANCELLED, worker.clock().instant());
            }
            case LOST -> attempt.interrupt(Attempt.Stop.LOST, worker.clock().instant());
        }
    }

    /** Takes nothing more; running attempts may end, the rest is given back after the bound. */
    Future<Void> stop() {
        stopping = true;
        lent.run();
        vertx.cancelTimer(alarm);
        checkDrained();
        if (drained.future().isComplete()) {
            return drained.future();
        }
        vertx.setTimer(Math.max(1, worker.drain().toMillis()), ignored -> {
            Instant now = worker.clock().instant();
            running.values().forEach(attempt -> attempt.interrupt(Attempt.Stop.GIVEN_BACK, now));
            vertx.setTimer(GRACE.toMillis(), late -> {
                running.values()
                        .forEach(attempt -> LOGGER.atWarn()
                                .addKeyValue("taskId", attempt.task().id())
                                .log("stopped without an answer of the action; its lease will run out"));
                reporter.giveUp();
                drained.tryComplete();
            });
        });
        return drained.future();
    }

    private void checkDrained() {
        if (stopping && !claiming && running.isEmpty() && room.get() == worker.concurrency()) {
            drained.tryComplete();
        }
    }

    /** For reports: which task, in which attempt. */
    static LiveUpdate.TaskChanged change(Attempt attempt, TaskState state, String message, Instant at) {
        ActionTask task = attempt.task();
        return new LiveUpdate.TaskChanged(
                task.id(), task.decision(), task.action(), state, attempt.attempt(), message, at);
    }

    /** Room for tasks that are committed in this process, unless others wait for it already. */
    private final class Lender implements Taker {
        @Override
        public String worker() {
            return worker.name();
        }

        @Override
        public List<String> queues() {
            return worker.queues();
        }

        @Override
        public Duration lease() {
            return LEASE;
        }

        @Override
        public Places reserve(int most) {
            return lent(wanted ? 0 : most);
        }

        @Override
        public Places follow(int most) {
            return lent(wanted ? Math.min(most, room.get() / 2) : most);
        }

        private Places lent(int most) {
            return new Lent(
                    stopping ? 0 : Worker.this.reserve(Math.max(0, most)),
                    worker.clock().instant());
        }

        @Override
        public void due() {
            context.runOnContext(ignored -> wake());
        }
    }

    private final class Lent implements Taker.Places {
        private final int count;
        private final Instant since;

        Lent(int count, Instant since) {
            this.count = count;
            this.since = since;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void settle(List<ClaimedTask> tasks) {
            context.runOnContext(ignored -> {
                tasks.forEach(task -> begin(task, since));
                for (int unused = tasks.size(); unused < count; unused++) {
                    leave();
                }
            });
        }
    }
}
