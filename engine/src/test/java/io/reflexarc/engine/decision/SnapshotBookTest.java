// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.compile.CompiledRulesets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A snapshot costs what is new, and holds all that a session needs. That sessions go on from it is what SimulationTest shows. */
class SnapshotBookTest {
    private static final String PAIRS = """
            - name: pairs
              hosts: all
              sources:
                - name: alerts
                  ansible.eda.generic: {}
              rules:
                - name: pair
                  condition:
                    all:
                      - events.first << event.begin is defined
                      - event.end == events.first.begin
                  action:
                    none:
                - name: throttled
                  condition: event.other is defined
                  throttle: {once_within: 5 minutes, group_by_attributes: [event.other]}
                  action:
                    none:
            """;
    private static final String TEXT = "x".repeat(1_000);

    private final SessionScript script = new SessionScript(PAIRS, ExecutionStrategy.PARALLEL);
    private final SnapshotBook book = new SnapshotBook();
    private Optional<Snapshot> newest = Optional.empty();

    private Snapshot written() {
        Snapshot taken = book.write(new Position(1, 0), script.session());
        newest = Optional.of(taken.after(newest));
        assertThat(SnapshotBook.whole(newest.orElseThrow()))
                .isEqualTo(script.session().state());
        return taken;
    }

    private static long bytes(Snapshot snapshot) {
        return snapshot.state().size()
                + snapshot.pages().stream()
                        .mapToLong(page -> page.data().length())
                        .sum();
    }

    private void begin(int from, int to) {
        for (int i = from; i < to; i++) {
            script.event("{\"begin\":" + i + ",\"text\":\"" + TEXT + "\"}");
        }
    }

    private void end(int from, int to) {
        for (int i = from; i < to; i++) {
            script.event("{\"end\":" + i + "}");
        }
    }

    @Test
    void whatWaitsIsWrittenOnce() {
        begin(0, 2_000);
        assertThat(bytes(written())).isGreaterThan(2_000_000);

        begin(2_000, 2_010);

        assertThat(bytes(written())).isLessThan(15_000);
        assertThat(bytes(written())).isLessThan(5_000);
    }

    @Test
    void whatIsGoneMakesRoom() {
        begin(0, 2_000);
        written();

        end(0, 1_900);
        written();

        assertThat(bytes(newest.orElseThrow())).isLessThan(400_000);
        end(1_900, 2_000);
        written();
        assertThat(newest.orElseThrow().pages()).isEmpty();
    }

    @Test
    void manySmallStepsMakeFewPages() {
        for (int i = 0; i < 500; i++) {
            begin(i, i + 1);
            written();
        }

        assertThat(newest.orElseThrow().pages()).hasSizeLessThan(12);
    }

    @Test
    void theNextOwnerAddsToWhatItFound() {
        begin(0, 1_000);
        script.event("{\"other\":1}");
        written();
        Snapshot found = newest.orElseThrow();

        SnapshotBook next = new SnapshotBook();
        try (RulebookSession session = next.open(script.plan(), found, SessionObserver.NONE, new CompiledRulesets())) {
            Snapshot added = next.write(new Position(1, 1), session);

            assertThat(added.pages()).isEmpty();
            assertThat(added.kept()).hasSameSizeAs(found.pages());
            assertThat(session.state()).isEqualTo(script.session().state());
        }
    }

    @Test
    void aSnapshotInOnePieceOfTheBuildBeforeIsRead() {
        begin(0, 10);
        JsonText state = script.session().state();

        try (RulebookSession session = book.open(
                script.plan(),
                new Snapshot(new Position(1, 0), "session/2", state),
                SessionObserver.NONE,
                new CompiledRulesets())) {
            assertThat(session.state()).isEqualTo(state);
            assertThat(book.write(new Position(1, 1), session).pages()).hasSize(1);
        }
    }
}
