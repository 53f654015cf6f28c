// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.activation.ActivationLog;
import io.reflexarc.core.activation.ActivationLog.Level;
import io.reflexarc.core.activation.ActivationLog.Line;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.page.Slice;
import io.reflexarc.core.page.SliceRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ActivationLinesTest {
    private static final Logger LOGGER = LoggerFactory.getLogger(ActivationLinesTest.class);

    private final List<Line> kept = new CopyOnWriteArrayList<>();

    @Test
    void keepsLinesThatNameAnActivationAndNoOthers() {
        Vertx vertx = Vertx.vertx();
        ActivationLines lines = ActivationLines.keep(vertx, new Kept(), "p1");

        LOGGER.atError()
                .addKeyValue("activationId", new ActivationId(7))
                .addKeyValue("entry", "12-0")
                .setCause(new IllegalStateException("broken"))
                .log("an entry made the session fail");
        LOGGER.atError().addKeyValue("streamId", 3).log("of something else");
        lines.stop().toCompletionStage().toCompletableFuture().join();
        LOGGER.atError().addKeyValue("activationId", new ActivationId(7)).log("after the end");

        assertThat(kept).hasSize(1);
        Line line = kept.getFirst();
        assertThat(line.activation()).isEqualTo(new ActivationId(7));
        assertThat(line.level()).isEqualTo(Level.ERROR);
        assertThat(line.process()).isEqualTo("p1");
        assertThat(line.logger()).isEqualTo("ActivationLinesTest");
        assertThat(line.message()).isEqualTo("an entry made the session fail");
        assertThat(line.details()).isEqualTo("cause=java.lang.IllegalStateException: broken entry=12-0");
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private final class Kept implements ActivationLog {
        @Override
        public Future<Void> append(List<Line> lines) {
            kept.addAll(lines);
            return Future.succeededFuture();
        }

        @Override
        public Future<Slice<Line>> lines(ActivationId activation, SliceRequest request) {
            return Future.succeededFuture(new Slice<>(List.of(), 0, Optional.empty()));
        }

        @Override
        public Future<Long> dropBefore(Instant time) {
            return Future.succeededFuture(0L);
        }
    }
}
