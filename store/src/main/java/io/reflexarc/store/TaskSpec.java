// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What no query asks for, and what PostgreSQL's text could not hold exactly: kept as JSON beside the columns.
 *
 * @param queue see {@link ActionTask}, as are the others
 * @param version of the rulebook that decided the task anew; nearly never there, and then not written either
 */
record TaskSpec(
        String queue,
        Optional<String> lockKey,
        RetryPolicy retry,
        Duration timeout,
        List<String> hosts,
        String idempotencyKey,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> version) {
    static TaskSpec of(ActionTask task) {
        return of(task, Optional.empty());
    }

    static TaskSpec of(ActionTask task, Optional<Integer> version) {
        return new TaskSpec(
                task.queue(),
                task.lockKey(),
                task.retry(),
                task.timeout(),
                task.hosts(),
                task.idempotencyKey(),
                version);
    }

    /** The same with another number of attempts allowed. */
    RetryPolicy retry(int attempts) {
        return new RetryPolicy(attempts, retry.first(), retry.factor(), retry.longest(), retry.jitter());
    }
}
