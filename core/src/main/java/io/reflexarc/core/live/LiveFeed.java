// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.live;

import io.vertx.core.Future;
import java.util.function.Consumer;

/** Carries live updates and wake-up calls between processes. Delivery is not guaranteed. */
public interface LiveFeed {
    /** Tells everybody; never fails and never waits. */
    void publish(LiveUpdate update);

    /** From now on every update goes to the listener, on one thread. */
    Future<Subscription> subscribe(Consumer<LiveUpdate> listener);

    /** Wakes those who wait at a bell, e.g. {@code tasks} after a commit or {@code activations} after a switch was turned. */
    void ring(String bell);

    /** Runs the listener whenever the bell rings; several rings may become one. */
    Future<Subscription> onRing(String bell, Runnable listener);

    /** Ends a subscription. */
    interface Subscription {
        /** No call begins after this. */
        void cancel();
    }
}
