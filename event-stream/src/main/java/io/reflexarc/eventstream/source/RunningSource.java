// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicReference;

/** A source that was started. */
public final class RunningSource {
    private final Promise<SourceState> end = Promise.promise();
    private final Promise<Thread> thread = Promise.promise();
    private final AtomicReference<SourceState> state = new AtomicReference<>(new SourceState.Running());

    RunningSource() {}

    /** How it stands. */
    public SourceState state() {
        return state.get();
    }

    /** Completes with its last state, on the source's own thread; never fails. */
    public Future<SourceState> end() {
        return end.future();
    }

    /** Asks it to stop; {@link #end} says when it has. */
    public void stop() {
        thread.future().onSuccess(Thread::interrupt);
    }

    void follow(Thread running) {
        thread.complete(running);
    }

    void ended(SourceState last) {
        state.set(last);
        end.complete(last);
    }
}
