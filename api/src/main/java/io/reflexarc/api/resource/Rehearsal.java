// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Constraint.Length;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.decision.Rehearsals.Step;
import io.reflexarc.core.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What would happen if a rulebook ran and got these events.
 *
 * @param events in the order in which they were played
 * @param later what time alone would bring afterwards, e.g. at the end of a window
 */
public record Rehearsal(List<RehearsedEvent> events, List<WouldDecide> later) {
    public Rehearsal {
        events = List.copyOf(events);
        later = List.copyOf(later);
    }

    /** The steps of these events. */
    static Rehearsal of(List<Occurrence> events, List<Step> steps) {
        List<RehearsedEvent> played = IntStream.range(0, events.size())
                .mapToObj(i -> RehearsedEvent.of(events.get(i), steps.get(i)))
                .toList();
        return new Rehearsal(played, WouldDecide.all(steps.getLast().decisions()));
    }

    /**
     * What to play.
     *
     * @param rulesets the YAML
     * @param variables of an activation, as YAML or JSON
     * @param eventIds recorded events, played in the order of their times
     * @param events further ones, whole as a rule sees them, played after those a second apart
     */
    public record RehearsalInput(
            @Length(min = 1, max = 1_000_000) String rulesets,
            @Length(max = 100_000) Optional<String> variables,
            Optional<List<String>> eventIds,
            Optional<List<JsonText>> events) {
        public RehearsalInput {
            eventIds = eventIds.map(List::copyOf);
            events = events.map(List::copyOf);
        }
    }

    /**
     * What would come of one event.
     *
     * @param id of the event; one of its own for an event that was given
     * @param at when it was received, or is taken to be
     * @param rules what each rule says, in file order
     * @param decisions that would be made
     */
    public record RehearsedEvent(String id, Instant at, List<EventView.RuleSays> rules, List<WouldDecide> decisions) {
        public RehearsedEvent {
            rules = List.copyOf(rules);
            decisions = List.copyOf(decisions);
        }

        private static RehearsedEvent of(Occurrence event, Step step) {
            return new RehearsedEvent(
                    event.id().value(),
                    event.at(),
                    step.rules().stream().map(EventView.RuleSays::of).toList(),
                    WouldDecide.all(step.decisions()));
        }
    }

    /**
     * A decision that would be made.
     *
     * @param ruleset name
     * @param rule name
     * @param at when
     * @param eventIds what it would match
     * @param actions in order
     */
    public record WouldDecide(String ruleset, String rule, Instant at, List<String> eventIds, List<WouldDo> actions) {
        public WouldDecide {
            eventIds = List.copyOf(eventIds);
            actions = List.copyOf(actions);
        }

        private static List<WouldDecide> all(List<Decision> decisions) {
            return decisions.stream()
                    .map(one -> new WouldDecide(
                            one.ruleset(),
                            one.rule(),
                            one.at(),
                            one.matched().stream()
                                    .map(matched -> matched.id().value())
                                    .toList(),
                            one.actions().stream()
                                    .map(action -> new WouldDo(action.name(), action.arguments()))
                                    .toList()))
                    .toList();
        }
    }

    /**
     * An action that would run.
     *
     * @param name as in the rulebook
     * @param arguments rendered
     */
    public record WouldDo(String name, JsonText arguments) {}
}
