// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.problem.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final List<Row> ROWS =
            List.of(new Row(1, "c"), new Row(2, "a"), new Row(3, "b"), new Row(4, "a"), new Row(5, "d"));

    @Test
    void equalRowsStandInTheOrderOfTheirNumbers() {
        assertThat(ids(page(5, "name", Optional.empty()))).containsExactly(2L, 4L, 3L, 1L, 5L);
        assertThat(ids(page(5, "-name", Optional.empty()))).containsExactly(5L, 1L, 3L, 4L, 2L);
    }

    @Test
    void aCursorLeadsThroughAllRowsOnce() {
        Page<Row> first = page(2, "-name", Optional.empty());
        Page<Row> second = page(2, "-name", first.after());
        Page<Row> third = page(2, "-name", second.after());

        assertThat(ids(first)).containsExactly(5L, 1L);
        assertThat(ids(second)).containsExactly(3L, 4L);
        assertThat(ids(third)).containsExactly(2L);
        assertThat(third.after()).isEmpty();
        assertThat(third.count()).isEqualTo(5);
    }

    @Test
    void aCursorOfAnotherOrderAndAnUnknownOrderAreRefused() {
        Optional<String> other = page(2, "name", Optional.empty()).after();

        assertThatThrownBy(() -> page(2, "id", other)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> page(2, "-age", Optional.empty()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("sort is one of name");
    }

    private static Page<Row> page(int size, String sort, Optional<String> after) {
        return Order.page(
                ROWS,
                new PageRequest(1, size, Map.of(), Optional.of(sort), after),
                Map.of("name", Comparator.comparing(Row::name)),
                Row::id);
    }

    private static List<Long> ids(Page<Row> page) {
        return page.items().stream().map(Row::id).toList();
    }

    private record Row(long id, String name) {}
}
