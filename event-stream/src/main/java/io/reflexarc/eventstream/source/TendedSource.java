// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import io.reflexarc.core.source.PreparedSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** A source that starts again when it fails, after a wait that doubles as long as it keeps failing soon. */
final class TendedSource {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final PreparedSource source;
    private final SourceRuntime runtime;
    private final SourceWorld world;
    private final SourceSink sink;
    private Optional<Thread> thread = Optional.empty();
    private volatile String remark = "";

    TendedSource(PreparedSource source, SourceRuntime runtime, SourceWorld world, SourceSink sink) {
        this.source = source;
        this.runtime = runtime;
        this.world = world;
        this.sink = sink;
    }

    void start() {
        thread = Optional.of(world.time().start("tends-" + source.name(), this::tend));
    }

    void stop() {
        thread.ifPresent(Thread::interrupt);
    }

    /** Empty while it runs. */
    String remark() {
        return remark;
    }

    private void tend() {
        Duration wait = FIRST_WAIT;
        try {
            while (true) {
                Instant since = world.time().instant();
                SourceState last = run();
                if (!(last instanceof SourceState.Failed failed)) {
                    remark = "source " + source.name() + " has come to its end";
                    return;
                }
                boolean ranLong = world.time().instant().isAfter(since.plus(LONGEST_WAIT));
                wait = ranLong ? FIRST_WAIT : wait;
                remark = "source " + source.name() + " failed and starts again in " + wait.toSeconds() + " s: "
                        + failed.message();
                world.time().sleep(wait);
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            }
        } catch (InterruptedException e) {
            // We were told to stop, and so was the source
            remark = "";
        }
    }

    private SourceState run() throws InterruptedException {
        RunningSource running = runtime.start(source, sink);
        // Said only once it has run for a moment: else a source that fails at once would seem well in between
        try {
            world.time().sleep(FIRST_WAIT);
            if (running.state() instanceof SourceState.Running) {
                remark = "";
            }
            return running.end().toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            running.stop();
        }
    }
}
