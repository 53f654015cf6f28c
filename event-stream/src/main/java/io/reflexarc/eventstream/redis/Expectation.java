// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.log.Incarnations;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Which incarnation this process requires of the log: what PostgreSQL said, asked again after every refusal. */
final class Expectation {
    private final Incarnations incarnations;
    private final RedisFailures failures;
    private final AtomicReference<@Nullable Future<Incarnation>> known = new AtomicReference<>();

    Expectation(Incarnations incarnations, RedisFailures failures) {
        this.incarnations = incarnations;
        this.failures = failures;
    }

    /** The incarnation without which the log is not ours. */
    Future<Incarnation> incarnation() {
        Future<Incarnation> memo = known.get();
        if (memo != null && !memo.failed()) {
            return memo;
        }
        Future<Incarnation> asked = incarnations
                .expected()
                .compose(found ->
                        found.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(failures.lost())));
        known.compareAndSet(memo, asked);
        // Kept without the context of who asked first: every later step would be run there, one after the other.
        asked.onSuccess(found -> known.compareAndSet(asked, Future.succeededFuture(found)));
        return asked;
    }

    /** This one was opened by us. */
    void opened(Incarnation incarnation) {
        known.set(Future.succeededFuture(incarnation));
    }

    /** The log refused this one: an operator may have opened another. */
    void refused(Incarnation incarnation) {
        Future<Incarnation> memo = known.get();
        if (memo != null && memo.succeeded() && incarnation.equals(memo.result())) {
            known.compareAndSet(memo, null);
        }
    }
}
