// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.audit.ActionView;
import io.reflexarc.core.audit.DecisionDetail;
import io.reflexarc.core.audit.DecisionSummary;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Things that tests show. */
public final class Samples {
    /** The decision of {@link #decision}. */
    public static final DecisionId DECISION = new DecisionId(new UUID(0, 77));

    /** Its task. */
    public static final TaskId TASK = TaskId.of(DECISION, 0);

    private static final Instant AT = Instant.parse("2026-11-21T11:59:00Z");

    private Samples() {}

    /** Makes one decision with one dead letter. */
    public static void decision(InMemoryAudit audit) {
        decision(audit, "all of");
    }

    /** The same with this output. */
    public static void decision(InMemoryAudit audit, String output) {
        ActionView action = new ActionView(
                0,
                "run_playbook",
                JsonText.ofString("{\"name\":\"fix.yml\"}"),
                Optional.of(TASK),
                "dead_letter",
                "host down",
                JsonText.EMPTY_OBJECT,
                output,
                17,
                Optional.of("outputs/1"),
                List.of(new ActionView.Attempt(1, "w1", AT, Optional.of(AT), "failed", "host down")),
                Optional.of(AT));
        audit.details.add(new DecisionDetail(
                summary(DECISION, "say so"),
                List.of(new MatchedEvent("m", new EventId("e1"), JsonText.ofString("{\"payload\":{\"n\":1}}"))),
                List.of(action)));
        audit.tasks.put(
                TASK,
                new TaskSummary(
                        TASK,
                        DECISION,
                        new ActivationId(1),
                        "set",
                        "say so",
                        0,
                        "run_playbook",
                        JsonText.ofString("{\"name\":\"fix.yml\"}"),
                        new TaskSummary.Terms(
                                "default",
                                Optional.of("web-1"),
                                RetryPolicy.NETWORK,
                                Duration.ofMinutes(5),
                                "key-1",
                                Optional.empty()),
                        TaskState.DEAD_LETTER,
                        1,
                        1,
                        "host down",
                        AT,
                        AT,
                        Optional.of(AT),
                        false,
                        Optional.empty(),
                        Optional.empty()));
    }

    /** A row of the list of decisions. */
    public static DecisionSummary summary(DecisionId id, String rule) {
        return new DecisionSummary(
                id,
                new ActivationId(1),
                "a",
                "set",
                rule,
                "r",
                1,
                AT,
                AT,
                false,
                List.of(new EventId("e1")),
                List.of("run_playbook"),
                "failed");
    }
}
