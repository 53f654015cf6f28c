// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.PreparedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts sources, each on a virtual thread of its own. */
public final class SourceRuntime {
    private static final Logger LOGGER = LoggerFactory.getLogger(SourceRuntime.class);

    private final SourceWorld world;

    /** Sources in this world. */
    public SourceRuntime(SourceWorld world) {
        this.world = world;
    }

    /** Runs a source until it ends, fails or is stopped; its events, filtered and with meta information, go to the sink. */
    public RunningSource start(PreparedSource source, SourceSink sink) {
        SourceOutlet outlet = new SourceOutlet(source, world, sink);
        RunningSource running = new RunningSource();
        running.follow(world.time().start("source-" + source.name(), () -> {
            SourceState last = run(source, outlet);
            source.filters().forEach(filter -> close(source, filter));
            running.ended(last);
        }));
        return running;
    }

    /** Some filters have a process of their own. */
    private static void close(PreparedSource source, Filter filter) {
        if (filter instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (Exception e) {
                LOGGER.atWarn().addKeyValue("source", source.name()).setCause(e).log("a filter did not close");
            }
        }
    }

    private static SourceState run(PreparedSource source, SourceOutlet outlet) {
        try {
            source.source().run(outlet);
            return new SourceState.Ended();
        } catch (InterruptedException e) {
            return new SourceState.Stopped();
        } catch (Exception e) {
            if (Thread.currentThread().isInterrupted()) {
                return new SourceState.Stopped();
            }
            return failed(source, sentence(e), e);
        }
    }

    private static String sentence(Exception e) {
        if (e instanceof ProblemException problem) {
            return problem.detail();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static SourceState failed(PreparedSource source, String message, Exception cause) {
        LOGGER.atError()
                .addKeyValue("source", source.name())
                .addKeyValue("type", source.type())
                .addKeyValue("reason", message)
                .setCause(cause instanceof ProblemException ? cause.getCause() : cause)
                .log("source failed");
        return new SourceState.Failed(message, cause);
    }
}
