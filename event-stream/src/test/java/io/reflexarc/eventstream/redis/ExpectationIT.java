// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.log.Incarnations;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ExpectationIT {
    @Test
    void whatIsKnownDoesNotMoveLaterStepsToWhoAskedFirst() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            var incarnation = new Incarnation(UUID.randomUUID());
            Promise<Optional<Incarnation>> stored = ((ContextInternal) vertx.getOrCreateContext()).promise();
            var expectation = new Expectation(
                    new Incarnations() {
                        @Override
                        public Future<Optional<Incarnation>> expected() {
                            return stored.future();
                        }

                        @Override
                        public Future<Void> expect(Incarnation next) {
                            return Future.succeededFuture();
                        }
                    },
                    new RedisFailures("nowhere"));
            Future<Incarnation> first = expectation.incarnation();
            Promise<Thread> told = Promise.promise();
            first.onComplete(answer -> told.complete(Thread.currentThread()));
            stored.complete(Optional.of(incarnation));

            assertThat(told.future().await(1, TimeUnit.MINUTES)).isNotSameAs(Thread.currentThread());
            var later = new AtomicReference<Thread>();
            expectation.incarnation().onComplete(answer -> later.set(Thread.currentThread()));
            assertThat(later).hasValue(Thread.currentThread());
        } finally {
            vertx.close().await(1, TimeUnit.MINUTES);
        }
    }
}
