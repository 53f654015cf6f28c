// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private final List<List<Integer>> written = new ArrayList<>();
    private final List<Promise<List<String>>> answers = new ArrayList<>();
    private Future<?> moment = Future.succeededFuture();
    private final Together<Integer, String> together = new Together<>(3, () -> moment, rows -> {
        Promise<List<String>> answer = Promise.promise();
        written.add(rows);
        answers.add(answer);
        return answer.future();
    });

    @Test
    void aLoneCallerWaitsForNobody() {
        Future<String> one = together.add(1);

        assertThat(written).containsExactly(List.of(1));
        answers.getFirst().complete(List.of("one"));
        assertThat(one.result()).isEqualTo("one");
    }

    @Test
    void whatComesDuringAWriteGoesTogetherWithTheNext() {
        List<Future<String>> futures =
                IntStream.range(0, 6).mapToObj(together::add).toList();

        answers.get(0).complete(List.of("0"));
        answers.get(1).complete(List.of("1", "2", "3"));
        answers.get(2).complete(List.of("4", "5"));

        assertThat(written).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
        assertThat(futures).extracting(Future::result).containsExactly("0", "1", "2", "3", "4", "5");
    }

    @Test
    void afterAWriteOfSeveralTheNextOneGathersForAMoment() {
        Promise<Void> over = Promise.promise();
        moment = over.future();
        together.add(0);
        together.add(1);
        together.add(2);
        answers.get(0).complete(List.of("0"));
        answers.get(1).complete(List.of("1", "2"));

        together.add(3);
        together.add(4);
        assertThat(written).containsExactly(List.of(0), List.of(1, 2));
        over.complete();

        assertThat(written).containsExactly(List.of(0), List.of(1, 2), List.of(3, 4));
    }

    @Test
    void aRowThatCannotBeWrittenFailsAlone() {
        together.add(0);
        Future<String> good = together.add(1);
        Future<String> bad = together.add(2);
        answers.get(0).complete(List.of("0"));

        answers.get(1).fail("one of them is bad");
        answers.get(2).complete(List.of("1"));
        answers.get(3).fail("this one");

        assertThat(written).containsExactly(List.of(0), List.of(1, 2), List.of(1), List.of(2));
        assertThat(good.result()).isEqualTo("1");
        assertThat(bad.cause()).hasMessage("this one");
        together.add(3);
        assertThat(written).endsWith(List.of(3));
    }

    @Test
    void aWriteThatThrowsHoldsUpNobody() {
        Together<Integer, String> broken = new Together<>(3, () -> moment, rows -> {
            written.add(rows);
            throw new IllegalStateException("no connection");
        });

        Future<String> first = broken.add(0);
        Future<String> second = broken.add(1);

        assertThat(first.cause()).hasMessage("no connection");
        assertThat(second.cause()).hasMessage("no connection");
        assertThat(written).containsExactly(List.of(0), List.of(1));
    }
}
