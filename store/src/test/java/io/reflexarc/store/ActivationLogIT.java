// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.activation.ActivationLog;
import io.reflexarc.core.activation.ActivationLog.Level;
import io.reflexarc.core.activation.ActivationLog.Line;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.page.SliceRequest;
import io.reflexarc.core.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class ActivationLogIT {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ActivationId ONE = new ActivationId(701);
    private static final ActivationId OLD = new ActivationId(703);

    private static TestStore server;
    private static ActivationLog log;

    @BeforeAll
    static void fill() {
        server = new TestStore();
        log = server.store.activationLog();
        await(log.append(List.of()));
        await(log.append(List.of(
                line(ONE, 1, Level.INFO, "started"),
                line(ONE, 2, Level.WARN, "100 % slow"),
                line(ONE, 2, Level.ERROR, "failed\0"),
                line(new ActivationId(702), 3, Level.INFO, "another's"))));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static Line line(ActivationId activation, int second, Level level, String message) {
        return new Line(activation, START.plusSeconds(second), level, "p1", "Owner", message, "reason=none");
    }

    private static List<String> found(Map<String, String> filters) {
        return await(log.lines(ONE, SliceRequest.first(50, filters))).items().stream()
                .map(Line::message)
                .toList();
    }

    @Test
    void linesComeNewestFirstEachActivationsOwn() {
        assertThat(found(Map.of())).containsExactly("failed\uFFFD", "100 % slow", "started");
        assertThat(await(log.lines(ONE, SliceRequest.first(50, Map.of())))
                        .items()
                        .getLast())
                .isEqualTo(line(ONE, 1, Level.INFO, "started"));
    }

    @Test
    void linesAreFoundByLevelTextAndTime() {
        assertThat(found(Map.of("level", "warn"))).containsExactly("failed\uFFFD", "100 % slow");
        assertThat(found(Map.of("text", "0 %"))).containsExactly("100 % slow");
        assertThat(found(Map.of("text", "REASON=none"))).hasSize(3);
        assertThat(found(Map.of("since", START.plusSeconds(2).toString()))).hasSize(2);
        assertThatThrownBy(() -> found(Map.of("level", "loud"))).isInstanceOf(ProblemException.class);
    }

    @Test
    void linesAreReadOnByACursorWithoutGapOrRepeat() {
        List<String> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            var slice = await(log.lines(ONE, new SliceRequest(after, 1, Optional.empty(), Map.of())));
            slice.items().forEach(line -> all.add(line.message()));
            after = slice.next();
        } while (after.isPresent());

        assertThat(all).containsExactly("failed\uFFFD", "100 % slow", "started");
    }

    @Test
    void oldLinesAreForgotten() {
        await(log.append(List.of(line(OLD, -1_000, Level.INFO, "long ago"), line(OLD, 5, Level.INFO, "lately"))));

        assertThat(await(log.dropBefore(START))).isEqualTo(1);

        assertThat(await(log.lines(OLD, SliceRequest.first(50, Map.of()))).items())
                .extracting(Line::message)
                .containsExactly("lately");
    }
}
