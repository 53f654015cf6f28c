// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One execution of an action by a worker.
 *
 * @param id function of decision and index
 * @param decision that made it
 * @param activation that decided
 * @param index place in the rule's list
 * @param action name as in the rulebook
 * @param arguments rendered when the decision was made, a JSON object
 * @param queue which workers may take it, usually {@code default}
 * @param lockKey tasks with the same key do not run at the same time
 * @param retry when a failed attempt is repeated
 * @param timeout longest time of one attempt
 * @param awaited the session waits for its outcome
 * @param context {@code ruleset}, {@code rule} and, for an action that {@linkplain Action#readsEvents reads} them,
 *     {@code event} or {@code events}: a JSON object
 * @param hosts hosts of the ruleset or of the event
 * @param idempotencyKey stable over all attempts
 */
public record ActionTask(
        TaskId id,
        DecisionId decision,
        ActivationId activation,
        int index,
        String action,
        JsonText arguments,
        String queue,
        Optional<String> lockKey,
        RetryPolicy retry,
        Duration timeout,
        boolean awaited,
        JsonText context,
        List<String> hosts,
        String idempotencyKey) {
    /** The queue of tasks that name none. */
    public static final String DEFAULT_QUEUE = "default";

    public ActionTask {
        hosts = List.copyOf(hosts);
    }

    /** The task that takes this one's place. */
    public ActionTask replacedBy(Replacement other) {
        TaskId next = TaskId.replacing(id);
        TaskTerms terms = other.terms();
        return new ActionTask(
                next,
                decision,
                activation,
                index,
                other.again().map(Replacement.Again::action).orElse(action),
                other.arguments(),
                queue,
                terms.lockKey(activation, context.tree().path("ruleset").asText()),
                terms.retry(),
                terms.timeout(),
                awaited,
                other.again().map(Replacement.Again::context).orElse(context),
                other.again().map(Replacement.Again::hosts).orElse(hosts),
                next.toString());
    }
}
