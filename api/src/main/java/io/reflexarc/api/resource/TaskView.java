// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Constraint.AnyObject;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.audit.TaskSummary;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A task as the API shows it.
 *
 * @param id of the task
 * @param decisionId that made it
 * @param activationId that decided
 * @param ruleset name
 * @param rule name
 * @param index place in the rule's list, from 0
 * @param action name
 * @param arguments rendered
 * @param queue which workers may take it
 * @param lockKey tasks with the same key do not run at the same time
 * @param retry when a failed attempt is repeated
 * @param timeoutSeconds longest time of one attempt
 * @param idempotencyKey stable over all attempts
 * @param state where it stands
 * @param attempt the current or last one, 0 before the first
 * @param attempts allowed in all
 * @param message of the last failure, else empty
 * @param createdAt when it was committed
 * @param dueAt when it may be claimed
 * @param endedAt when it ended
 * @param cancelling somebody cancelled it, but its attempt has not ended yet
 * @param version of the rulebook that decided it anew, in the place of a dead letter; absent for the decision's own
 * @param replaces the dead letter whose place it took
 * @param replacedBy the task that took its place
 */
public record TaskView(
        UUID id,
        UUID decisionId,
        long activationId,
        String ruleset,
        String rule,
        int index,
        String action,
        @AnyObject JsonText arguments,
        String queue,
        Optional<String> lockKey,
        RetryView retry,
        double timeoutSeconds,
        String idempotencyKey,
        TaskState state,
        int attempt,
        int attempts,
        String message,
        Instant createdAt,
        Instant dueAt,
        Optional<Instant> endedAt,
        boolean cancelling,
        Optional<Integer> version,
        Optional<UUID> replaces,
        Optional<UUID> replacedBy) {
    static TaskView of(TaskSummary one) {
        return new TaskView(
                one.id().value(),
                one.decision().value(),
                one.activation().value(),
                one.ruleset(),
                one.rule(),
                one.index(),
                one.action(),
                one.arguments(),
                one.terms().queue(),
                one.terms().lockKey(),
                RetryView.of(one.terms().retry()),
                seconds(one.terms().timeout()),
                one.terms().idempotencyKey(),
                one.state(),
                one.attempt(),
                one.attempts(),
                one.message(),
                one.createdAt(),
                one.dueAt(),
                one.endedAt(),
                one.cancelling(),
                one.terms().version(),
                one.replaces().map(TaskId::value),
                one.replacedBy().map(TaskId::value));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /**
     * When a failed attempt is repeated.
     *
     * @param attempts in all, counting the first
     * @param firstSeconds delay after the first failure
     * @param factor by which each further delay is longer
     * @param longestSeconds upper bound of a delay
     */
    public record RetryView(int attempts, double firstSeconds, double factor, double longestSeconds) {
        static RetryView of(RetryPolicy policy) {
            return new RetryView(
                    policy.attempts(), seconds(policy.first()), policy.factor(), seconds(policy.longest()));
        }
    }
}
