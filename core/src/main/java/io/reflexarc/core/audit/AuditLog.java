// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.audit;

import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Step 11 of the path of an event: event, decision, task, attempt and outcome, to be asked about. */
public interface AuditLog {
    /** Newest first. Filters: {@code activation_id}, {@code ruleset}, {@code rule}, {@code status}, {@code event_id}. */
    Future<Page<DecisionSummary>> decisions(PageRequest request);

    /** Everything about one decision. */
    Future<Optional<DecisionDetail>> decision(DecisionId id);

    /** Decisions that matched an event, oldest first. */
    Future<List<DecisionSummary>> decisionsOf(EventId event);

    /** Newest first, open and ended. Filters: {@code state}, {@code action}, {@code activation_id}, {@code decision_id}. */
    Future<Page<TaskSummary>> tasks(PageRequest request);

    /** One task, open or ended. */
    Future<Optional<TaskSummary>> task(TaskId id);

    /** Remembers a change by a person. */
    Future<Void> record(Change change);

    /** Newest first. Filters: {@code user}, {@code kind}. */
    Future<Page<Change>> changes(PageRequest request);

    /**
     * Prepares today and the given number of days ahead for what will be written then; answers how many parts were made.
     * Nothing is refused when it was not called in time, but then retention works row by row.
     */
    Future<Integer> prepareDays(int ahead);

    /**
     * Drops the days (UTC) that were over before a time; answers how many rows went. Open tasks and dead letters stay.
     */
    Future<Long> dropBefore(Instant time);

    /** Counts for the overview: open tasks by state. */
    Future<java.util.Map<String, Long>> openTasks();
}
