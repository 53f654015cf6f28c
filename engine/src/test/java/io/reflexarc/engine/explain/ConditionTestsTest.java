// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.history.FieldValue;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionTestsTest {
    private static boolean passes(String condition, String event) {
        return new ConditionTests().of(condition).test(JsonText.ofString(event));
    }

    @Test
    void onlyWhatIsTruePasses() {
        assertThat(passes("event.a == 1", "{\"a\":1}")).isTrue();
        assertThat(passes("event.a == 1", "{\"a\":2}")).isFalse();
        assertThat(passes("event.a == 1", "{}")).isFalse();
        assertThat(passes("not event.a == 1", "{}")).isFalse();
        assertThat(passes("event.a is not defined", "{}")).isTrue();
        assertThat(passes("event.a == events.first.a", "{\"a\":1}")).isFalse();
        assertThat(passes("event.name is search('disk', ignorecase=true)", "{\"name\":\"DISK full\"}"))
                .isTrue();
    }

    @Test
    void aMistakeIsNamedWithItsPlace() {
        assertThatThrownBy(() -> passes("event.a == 1 and\n event.b = 2", "{}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.errors().getFirst().pointer())
                                .startsWith("2:"));
    }

    @Test
    void textsThatMustBeThereAreToldForAnIndex() {
        var tests = new ConditionTests();

        assertThat(tests.required("event.a.b == 'x' and 'y' == event[\"c d\"] and event.n == 1"))
                .containsExactlyInAnyOrder(
                        new FieldValue(List.of("a", "b"), "x"),
                        new FieldValue(List.of("c d"), "y"),
                        new FieldValue(List.of("n"), "1", false));
        assertThat(tests.required("event.n == 2.0 and event.up == true and event.t == 1.5 and event.at == 1700000000"))
                .containsExactlyInAnyOrder(
                        new FieldValue(List.of("n"), "2", false), new FieldValue(List.of("up"), "true", false));
        assertThat(tests.required("event.a == 'x' or event.b == 'y'")).isEmpty();
        assertThat(tests.required("not event.a == 'x'")).isEmpty();
        assertThat(tests.required("event.list[0].a == 'x'")).isEmpty();
        assertThat(tests.required("event.a == ")).isEmpty();
    }
}
