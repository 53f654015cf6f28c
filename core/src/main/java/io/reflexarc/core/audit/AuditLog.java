// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.audit;

import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.page.Slice;
import io.reflexarc.core.page.SliceRequest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Step 11 of the path of an event: event, decision, task, attempt and outcome, to be asked about. */
public interface AuditLog {
    /** Newest first, by numbered pages. Filters as those of the slices. */
    Future<Page<DecisionSummary>> decisions(PageRequest request);

    /**
     * Newest first unless another order is asked for: {@code committed_at}, {@code rule}, {@code rulebook},
     * {@code activation_name}. Filters: {@code activation_id}, {@code ruleset}, {@code rule}, {@code rule_part} and
     * {@code rulebook} (parts of names), {@code version} (its number), {@code action}, {@code status}, {@code event_id},
     * {@code since} and {@code until} (when it was committed).
     */
    Future<Slice<DecisionSummary>> decisions(SliceRequest request);

    /** Everything about one decision. */
    Future<Optional<DecisionDetail>> decision(DecisionId id);

    /** Decisions that matched an event, oldest first. */
    Future<List<DecisionSummary>> decisionsOf(EventId event);

    /**
     * Open and ended. Orders: {@code created_at}, {@code due_at}, {@code action}, {@code rule}; newest first when none is
     * asked for. Filters: {@code state} (one or several with commas), {@code action}, {@code rule} (a part of its name),
     * {@code activation_id}, {@code decision_id}, {@code lock_key} (a part of it), {@code since} and {@code until} (when it
     * was committed, ISO 8601).
     */
    Future<Slice<TaskSummary>> tasks(SliceRequest request);

    /** One task, open or ended. */
    Future<Optional<TaskSummary>> task(TaskId id);

    /** How a task went: its attempts, and what the last of them printed. */
    Future<Optional<ActionView>> action(TaskId id);

    /** How many rules of all activations matched each of these events; those that none matched are left out. */
    Future<Map<EventId, Integer>> rulesMatched(Collection<EventId> events);

    /** How often each rule of a rulebook matched since a time, in any activation and version; rules that did not are left out. */
    Future<List<RuleMatches>> ruleMatches(long rulebook, Instant since);

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
    Future<Map<String, Long>> openTasks();
}
