// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {
    private final ActionCatalogue catalogue = new ActionCatalogue(List.of(new HttpPlugin()));

    @Test
    void isFoundOnTheClassPath() {
        assertThat(ActionCatalogue.installed().names()).contains("http_request");
    }

    @Test
    void needsNothingButAUrl() {
        HttpRequest request = decode("{\"url\": \"https://h.test/\"}");

        assertThat(request.verb().name()).isEqualTo("GET");
        assertThat(request.limit()).isEqualTo(Duration.ofSeconds(30));
        assertThat(request.keyHeader()).contains("Idempotency-Key");
        assertThat(request.terms().retry()).isEqualTo(RetryPolicy.NETWORK);
        assertThat(request.terms().timeout()).isEqualTo(Duration.ofSeconds(35));
        assertThat(request.terms().lock()).isEmpty();
    }

    @Test
    void takesAllItsArgumentsAlsoAsTemplatesRenderThem() {
        HttpRequest request = decode("""
                {"url": "https://h.test/", "method": "put", "headers": {"X-Count": 3}, "body": {"a": [1, null]},
                 "timeout": "2.5", "expected_status": [404, "2xx", "300-302"], "follow_redirects": 5,
                 "idempotency_header": "", "retries": "2", "delay": 90, "lock": "db"}""");

        assertThat(request.verb().name()).isEqualTo("PUT");
        assertThat(request.headers()).isEqualTo(Map.of("X-Count", "3"));
        assertThat(request.body().map(JsonText::toString)).contains("{\"a\":[1,null]}");
        assertThat(request.keyHeader()).isEmpty();
        assertThat(request.terms().timeout()).isEqualTo(Duration.ofMillis(7500));
        assertThat(request.terms().retry().attempts()).isEqualTo(3);
        assertThat(request.terms().retry().delay(2, 0)).isEqualTo(Duration.ofSeconds(90));
        assertThat(request.terms().lock()).contains("db");
        assertThat(List.of(200, 299, 300, 302, 404)).allMatch(request.expected()::contains);
        assertThat(List.of(199, 303, 400, 403, 500)).noneMatch(request.expected()::contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\": \"\"}",
                "{\"url\": \"https://h.test/\", \"verify\": false}",
                "{\"url\": \"https://h.test/\", \"method\": \"TRACE\"}",
                "{\"url\": \"https://h.test/\", \"timeout\": 0}",
                "{\"url\": \"https://h.test/\", \"timeout\": \"soon\"}",
                "{\"url\": \"https://h.test/\", \"follow_redirects\": 6}",
                "{\"url\": \"https://h.test/\", \"retries\": -1}",
                "{\"url\": \"https://h.test/\", \"headers\": {\"Host\": \"other\"}}",
                "{\"url\": \"https://h.test/\", \"headers\": {\"transfer-encoding\": \"chunked\"}}",
                "{\"url\": \"https://h.test/\", \"expected_status\": \"ok\"}",
                "{\"url\": \"https://h.test/\", \"expected_status\": []}",
                "{\"url\": \"https://h.test/\", \"expected_status\": 700}"
            })
    void refusesWrongArguments(String arguments) {
        assertThatThrownBy(() -> decode(arguments))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("http_request: ");
    }

    private HttpRequest decode(String arguments) {
        return (HttpRequest) catalogue.decode("http_request", JsonText.ofString(arguments));
    }
}
