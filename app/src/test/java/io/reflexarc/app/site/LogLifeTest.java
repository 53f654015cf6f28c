// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InMemoryEventLog;
import io.reflexarc.core.log.Incarnations;
import io.reflexarc.core.problem.ProblemException;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogLifeTest {
    private static final Incarnation FIRST = new Incarnation(new UUID(1, 1));
    private static final Incarnation SECOND = new Incarnation(new UUID(2, 2));

    private final Remembered remembered = new Remembered();
    private final EventLog log =
            new InMemoryEventLog(InstantSource.system(), (delay, task) -> {}, InMemoryEventLog.Bounds.DEFAULT);

    @Test
    void aLostLogGetsANewLifeThatPostgresqlRemembers() {
        remembered.expect(FIRST);
        assertThat(LogLife.of(remembered, log).await().sentence()).contains("was lost");

        assertThat(LogLife.openNew(remembered, log, () -> SECOND).await()).isEqualTo(SECOND);

        LogLife life = LogLife.of(remembered, log).await();
        assertThat(life.intact()).isTrue();
        assertThat(life.expected()).contains(SECOND);
    }

    @Test
    void aLogThatIsThereIsNeverReplaced() {
        remembered.expect(FIRST);
        log.open(FIRST).await();

        assertThatThrownBy(() -> LogLife.openNew(remembered, log, () -> SECOND).await())
                .isInstanceOf(ProblemException.class);

        assertThat(remembered.expected().await()).contains(FIRST);
    }

    @Test
    void aLogOfSomebodyElseIsLeftAlone() {
        remembered.expect(FIRST);
        log.open(SECOND).await();

        assertThat(LogLife.of(remembered, log).await().lost()).isFalse();
        assertThatThrownBy(() -> LogLife.openNew(remembered, log, () -> SECOND).await())
                .hasMessageContaining("another site");
    }

    private static final class Remembered implements Incarnations {
        private Optional<Incarnation> current = Optional.empty();

        @Override
        public Future<Optional<Incarnation>> expected() {
            return Future.succeededFuture(current);
        }

        @Override
        public Future<Void> expect(Incarnation incarnation) {
            current = Optional.of(incarnation);
            return Future.succeededFuture();
        }
    }
}
