// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.TestSite.Answer;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.NewEvent;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendAgainIT {
    private static final String V1 = "/api/eda/v1/";

    private final TestSite site = new TestSite();

    @AfterEach
    void close() {
        site.close();
    }

    private void arrived(StreamId stream, String body) {
        site.ports
                .log
                .append(
                        stream,
                        List.of(new NewEvent(
                                new EventId("e1"), site.ports.clock.instant(), List.of(), JsonText.ofString(body))))
                .await();
    }

    @Test
    void anEventGoesThroughItsStreamOnceMoreAsANewOneThatNamesTheOld() {
        site.post(V1 + "event-streams/", Role.ADMIN, "{\"name\":\"alerts\"}");
        StreamId stream = site.ports.streams.find(1).result().orElseThrow().uuid();
        arrived(stream, "{\"payload\":{\"n\":1},\"meta\":{\"uuid\":\"e1\",\"endpoint\":\"x\"}}");

        assertThat(site.post(V1 + "events/e1/send-again/", Role.VIEWER, "{}").status())
                .isEqualTo(403);
        Answer sent = site.post(V1 + "events/e1/send-again/", Role.OPERATOR, "{}");

        assertThat(sent.status()).isEqualTo(202);
        String id = sent.json().path("event_id").asText();
        Event event = site.ports.log.find(new EventId(id)).await().orElseThrow();
        assertThat(event.stream()).isEqualTo(stream);
        JsonNode body = event.body().tree();
        assertThat(body.path("payload").path("n").asInt()).isEqualTo(1);
        assertThat(body.path("meta").path("uuid").asText()).isEqualTo(id);
        assertThat(body.path("meta").path("sent_again_of").asText()).isEqualTo("e1");
        assertThat(body.path("meta").path("endpoint").asText()).isEqualTo("x");
    }

    @Test
    void whatNobodyKnowsOrNoEventStreamBroughtIsNotSent() {
        arrived(new StreamId(new UUID(7, 7)), "{\"i\":1}");

        assertThat(site.post(V1 + "events/e1/send-again/", Role.OPERATOR, "{}").status())
                .isEqualTo(409);
        assertThat(site.post(V1 + "events/none/send-again/", Role.OPERATOR, "{}")
                        .status())
                .isEqualTo(404);
    }
}
