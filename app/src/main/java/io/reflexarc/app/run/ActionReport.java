// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;

/**
 * How an action of a decision ended.
 *
 * @param decision that made it
 * @param action as decided, with its rendered arguments
 * @param succeeded or not
 * @param message why it failed, else empty
 * @param result what is known beside that, a JSON object: of a playbook {@code playbook} and {@code rc}, of a shutdown
 *     {@code delay}, {@code message} and {@code kind}
 * @param at when it ended
 */
public record ActionReport(
        Decision decision, DecidedAction action, boolean succeeded, String message, JsonText result, Instant at) {
    /** Name as the audit shows it. */
    public String name() {
        return name(action);
    }

    /** Name of an action as the audit shows it. */
    static String name(DecidedAction action) {
        return action.name().equals("none") ? "noop" : action.name();
    }

    /** {@code successful} or {@code failed}. */
    public String status() {
        return succeeded ? "successful" : "failed";
    }

    /** The events by binding: a JSON object. */
    public ObjectNode matchingEvents() {
        return matchingEvents(decision);
    }

    /** The events of a decision by binding. */
    static ObjectNode matchingEvents(Decision decision) {
        ObjectNode events = Json.mapper().createObjectNode();
        for (MatchedEvent event : decision.matched()) {
            events.set(event.binding(), event.body().tree());
        }
        return events;
    }

    /**
     * An action outside the engine that starts.
     *
     * @param decision that made it
     * @param task as the worker gets it
     * @param at when
     */
    public record Started(Decision decision, ActionTask task, Instant at) {
        /** The events by binding: a JSON object. */
        public ObjectNode matchingEvents() {
            return ActionReport.matchingEvents(decision);
        }
    }
}
