// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.FieldStatistic;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.history.StreamFields;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldLearnerTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final StreamId STREAM = new StreamId(new UUID(0, 1));

    private int number;

    @Test
    void countsEachFieldWithTypesAndValues() {
        StreamFields known = learn(
                StreamFields.NONE,
                "{\"payload\":{\"level\":\"high\",\"n\":1}}",
                "{\"payload\":{\"level\":\"high\",\"n\":1.5}}",
                "{\"payload\":{\"level\":\"low\",\"alerts\":[{\"name\":\"a\"},{\"other\":1}]}}");

        assertThat(known.sampled()).isEqualTo(3);
        FieldStatistic level = field(known, "event.payload.level");
        assertThat(level.seen()).isEqualTo(3);
        assertThat(level.samples())
                .containsExactly(
                        new FieldStatistic.Sample(JsonText.of("high"), 2),
                        new FieldStatistic.Sample(JsonText.of("low"), 1));
        assertThat(field(known, "event.payload.n").types())
                .containsEntry("integer", 1L)
                .containsEntry("float", 1L);
        assertThat(field(known, "event.payload.alerts").types()).containsOnlyKeys("list");
        assertThat(field(known, "event.payload.alerts[0].name").seen()).isEqualTo(1);
        assertThat(known.fields()).extracting(FieldStatistic::path).noneMatch(path -> path.contains("other"));
    }

    @Test
    void writesPathsAsAConditionDoes() {
        StreamFields known = learn(StreamFields.NONE, "{\"meta\":{\"headers\":{\"X-GitHub-Event\":\"push\"}}}");

        assertThat(field(known, "event.meta.headers[\"X-GitHub-Event\"]").samples())
                .containsExactly(new FieldStatistic.Sample(JsonText.of("push"), 1));
    }

    @Test
    void remembersNoValueOfHeadersOrOfWhatSoundsLikeASecret() {
        StreamFields known = learn(
                StreamFields.NONE,
                "{\"payload\":{\"db\":{\"password\":\"hunter2\"},\"auth_token\":{\"v\":\"hunter2\"}},"
                        + "\"meta\":{\"headers\":{\"X-Custom-Key\":\"hunter2\"}}}");

        assertThat(field(known, "event.payload.db.password").samples()).isEmpty();
        assertThat(field(known, "event.payload.auth_token.v").samples()).isEmpty();
        assertThat(field(known, "event.meta.headers[\"X-Custom-Key\"]").samples())
                .isEmpty();
        assertThat(JsonText.of(known).toString()).doesNotContain("hunter2");
    }

    @Test
    void staysWithinItsBoundsWhateverComes() {
        StreamFields known = StreamFields.NONE;
        for (int i = 0; i < 20; i++) {
            int from = i * 10_000;
            String keys = IntStream.range(from, from + 10_000)
                    .mapToObj(n -> "\"k" + n + "\":\"" + "v".repeat(50) + n + "\"")
                    .collect(Collectors.joining(","));
            known = learn(known, "{\"payload\":{\"steady\":true," + keys + "}}");
        }

        assertThat(known.fields()).hasSize(FieldTally.MOST_PATHS);
        assertThat(field(known, "event.payload.steady").seen()).isEqualTo(20);
        assertThat(JsonText.of(known).size()).isLessThan(400_000);
    }

    @Test
    void keepsFrequentValuesAmongManyThatOccurOnce() {
        String[] bodies = IntStream.range(0, 300)
                .mapToObj(n -> "{\"payload\":{\"v\":\"" + (n % 3 == 0 ? "often" : "once" + n) + "\"}}")
                .toArray(String[]::new);

        FieldStatistic.Sample first = field(learn(StreamFields.NONE, bodies), "event.payload.v")
                .samples()
                .getFirst();

        assertThat(first.value()).isEqualTo(JsonText.of("often"));
        assertThat(first.count()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void survivesBeingWrittenAndReadAgain() {
        StreamFields known = learn(StreamFields.NONE, "{\"payload\":{\"a\":\"x\",\"b\":[1],\"c\":null}}");

        assertThat(JsonText.of(known).as(StreamFields.class)).isEqualTo(known);
    }

    private StreamFields learn(StreamFields known, String... bodies) {
        FieldTally tally = new FieldTally(known);
        for (String body : bodies) {
            number++;
            tally.add(new Recorded(
                    new Position(number, 0),
                    new Event(new EventId("e" + number), STREAM, AT, JsonText.ofString(body))));
        }
        return tally.fields();
    }

    private static FieldStatistic field(StreamFields known, String path) {
        return known.fields().stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow();
    }
}
