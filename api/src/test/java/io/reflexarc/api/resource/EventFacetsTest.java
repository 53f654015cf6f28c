// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.history.FieldStatistic;
import io.reflexarc.core.history.StreamFields;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventFacetsTest {
    @Test
    void eachSenderSaysItsTypeInAFieldOfItsOwn() {
        StreamFields github = stream(
                100,
                field("event.payload.action", 90, "opened", 90L),
                field("event.meta.headers[\"X-GitHub-Event\"]", 100, "push", 60L));
        StreamFields alerts = stream(
                50,
                field("event.alert.labels.alertname", 50, "HostDown", 50L),
                field("event.alert.labels.severity", 50, "critical", 50L));

        EventFacets facets = EventFacets.of(List.of(github, alerts), 20, 2);

        assertThat(facets.types())
                .extracting(EventFacets.FacetValue::condition)
                .containsExactly(
                        "event.meta.headers[\"X-GitHub-Event\"] == \"push\"",
                        "event.alert.labels.alertname == \"HostDown\"");
        assertThat(facets.severities())
                .extracting(EventFacets.FacetValue::value)
                .containsExactly("critical");
    }

    @Test
    void theSameTypeOfTwoStreamsIsOne() {
        StreamFields one = stream(10, field("event.payload.type", 10, "order", 10L));
        StreamFields other = stream(10, field("event.payload.type", 10, "order", 7L));

        assertThat(EventFacets.of(List.of(one, other), 20, 2).types())
                .containsExactly(new EventFacets.FacetValue("order", 17, "event.payload.type == \"order\""));
    }

    @Test
    void whatFewEventsHaveOrNoConditionCanSayIsLeftOut() {
        StreamFields rare = stream(100, field("event.payload.type", 3, "order", 3L));
        StreamFields odd = stream(10, field("event.payload.kind", 10, "say \\\"no\\\" {{ x", 10L));

        assertThat(EventFacets.of(List.of(rare, odd), 20, 2).types()).isEmpty();
    }

    private static StreamFields stream(long sampled, FieldStatistic... fields) {
        return new StreamFields(Position.START, sampled, List.of(fields));
    }

    private static FieldStatistic field(String path, long seen, String value, long count) {
        return new FieldStatistic(
                path,
                Map.of("string", seen),
                seen,
                List.of(new FieldStatistic.Sample(JsonText.ofString('"' + value + '"'), count)),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
