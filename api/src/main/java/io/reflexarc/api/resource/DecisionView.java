// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Constraint.AnyObject;
import io.reflexarc.core.audit.ActionView;
import io.reflexarc.core.audit.DecisionDetail;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One decision: event → rule → actions → attempts → output.
 *
 * @param decision the row
 * @param matched events and facts that the rule matched
 * @param actions what it made happen
 */
public record DecisionView(DecisionRow decision, List<MatchedView> matched, List<DecisionActionView> actions) {
    public DecisionView {
        matched = List.copyOf(matched);
        actions = List.copyOf(actions);
    }

    static DecisionView of(DecisionDetail detail) {
        return new DecisionView(
                DecisionRow.of(detail.summary()),
                detail.matched().stream().map(MatchedView::of).toList(),
                detail.actions().stream().map(DecisionActionView::of).toList());
    }

    /**
     * What a rule matched under one name.
     *
     * @param binding {@code m}, {@code m_0} …
     * @param id of the event or fact
     * @param body as the rule saw it
     */
    public record MatchedView(
            String binding, String id, @AnyObject JsonText body) {
        static MatchedView of(MatchedEvent one) {
            return new MatchedView(one.binding(), one.id().value(), one.body());
        }
    }

    /**
     * An action and how it went.
     *
     * @param index place in the rule's list, from 0
     * @param name as in the rulebook
     * @param arguments rendered
     * @param taskId empty for the engine's own actions
     * @param state state of its task
     * @param message why it failed, else empty
     * @param result what is known of it
     * @param output of the last attempt, at most 64 kB
     * @param outputSize characters in all
     * @param outputComplete whether {@code output} is all of it; else ask the output's own path
     * @param attempts in order
     * @param endedAt when it ended
     */
    public record DecisionActionView(
            int index,
            String name,
            @AnyObject JsonText arguments,
            Optional<UUID> taskId,
            String state,
            String message,
            @AnyObject JsonText result,
            String output,
            long outputSize,
            boolean outputComplete,
            List<AttemptView> attempts,
            Optional<Instant> endedAt) {
        public DecisionActionView {
            attempts = List.copyOf(attempts);
        }

        static DecisionActionView of(ActionView one) {
            return new DecisionActionView(
                    one.index(),
                    one.name(),
                    one.arguments(),
                    one.task().map(id -> id.value()),
                    one.state(),
                    one.message(),
                    one.result(),
                    one.output(),
                    one.outputSize(),
                    one.outputArtifact().isEmpty() && one.output().length() >= one.outputSize(),
                    one.attempts().stream().map(AttemptView::of).toList(),
                    one.endedAt());
        }
    }

    /**
     * One attempt.
     *
     * @param number from 1
     * @param worker that ran it
     * @param startedAt when it was claimed
     * @param endedAt when it ended
     * @param outcome {@code running}, {@code succeeded}, {@code failed}, {@code cancelled} or {@code lost}
     * @param message why it failed, else empty
     */
    public record AttemptView(
            int number, String worker, Instant startedAt, Optional<Instant> endedAt, String outcome, String message) {
        static AttemptView of(ActionView.Attempt one) {
            return new AttemptView(
                    one.number(), one.worker(), one.startedAt(), one.endedAt(), one.outcome(), one.message());
        }
    }
}
