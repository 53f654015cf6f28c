// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.decision;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what each rule of a rulebook version said to an event, and why. It plays the events through the engine itself. */
public interface Explanations {
    /**
     * What came of the last of these events, after those before it.
     *
     * @param rulebook its text
     * @param variables of the activation, a JSON object
     * @param events in the order of their times, at least one
     * @return one answer for each rule that gets the event, in file order
     */
    Future<List<RuleExplanation>> explain(String rulebook, JsonText variables, List<Occurrence> events);

    /**
     * An event as it happened.
     *
     * @param id of it
     * @param at when it was received
     * @param sources names of the sources it came from; empty where every ruleset got it
     * @param body of it
     * @param filtered whether the filters of those sources have seen it already
     */
    record Occurrence(EventId id, Instant at, Set<String> sources, JsonText body, boolean filtered) {
        public Occurrence {
            sources = Set.copyOf(sources);
        }

        /** As it arrived, before any filter. */
        public Occurrence(EventId id, Instant at, Set<String> sources, JsonText body) {
            this(id, at, sources, body, false);
        }
    }

    /** What a condition, or a part of it, evaluates to. */
    enum Verdict {
        TRUE,
        FALSE,
        /** A field that it needs is not there. */
        UNDEFINED,
        /** Depends on other events, facts or time. */
        OPEN
    }

    /** What came of an event in a rule. Where a filter has made several of it, the first of these is told. */
    enum Outcome {
        /** The rule matched it. */
        MATCHED,
        /** It is kept for partners, or until a window ends. */
        WAITS,
        /** The rule's throttle swallowed it, or keeps it until its window ends. */
        THROTTLED,
        /** Another rule had it first. */
        TAKEN,
        /** It would fulfil the rule, and is gone all the same. */
        LOST,
        /** It fulfils no condition of the rule. */
        NOT_FULFILLED,
        /** The rule is disabled. */
        DISABLED
    }

    /**
     * What came of it, in words and data.
     *
     * @param outcome what
     * @param because a sentence without a full stop
     * @param until when that ends, e.g. a window
     * @param rule which other rule took it
     * @param partners what it was matched with, or what might have been
     */
    record Fate(
            Outcome outcome, String because, Optional<Instant> until, Optional<String> rule, List<EventId> partners) {
        public Fate {
            partners = List.copyOf(partners);
        }

        /** One that names nobody else. */
        public static Fate of(Outcome outcome, String because) {
            return new Fate(outcome, because, Optional.empty(), Optional.empty(), List.of());
        }
    }

    /**
     * What one rule says.
     *
     * @param ruleset name
     * @param rule name
     * @param verdict of the whole condition about the event alone
     * @param fate what came of the event
     * @param tree the condition with the verdict of each part; its note says what came of the event
     */
    record RuleExplanation(String ruleset, String rule, Verdict verdict, Fate fate, Node tree) {}

    /**
     * A part of a condition.
     *
     * @param text as written, e.g. {@code event.alert.status == "firing"}
     * @param verdict of this part
     * @param actual value found, as JSON; empty when there is none
     * @param expected value or values asked for, as JSON; empty when the part compares nothing
     * @param note e.g. that the types differ, or which partner is missing; may be empty
     * @param parts in the order written
     */
    record Node(
            String text,
            Verdict verdict,
            Optional<JsonText> actual,
            Optional<JsonText> expected,
            String note,
            List<Node> parts) {
        public Node {
            parts = List.copyOf(parts);
        }
    }
}
