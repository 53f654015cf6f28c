// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.TaskOutcome;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.decision.ActionProgress;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.Explanations.Fate;
import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.decision.Explanations.Outcome;
import io.reflexarc.core.decision.Explanations.RuleExplanation;
import io.reflexarc.core.decision.Rehearsals;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.MetaInfo;
import io.reflexarc.engine.Make;
import io.reflexarc.engine.RandomRules;
import io.reflexarc.engine.activation.RandomRulebook;
import io.reflexarc.engine.compile.CompiledRuleset;
import io.reflexarc.engine.decision.ArrivalFilters;
import io.reflexarc.engine.decision.Decided;
import io.reflexarc.engine.decision.RulebookSession;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.engine.session.RulesetSession;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Throttle;
import io.reflexarc.rulebooks.condition.Condition.Comparison;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An explanation never disagrees with the engine, whatever rulebook decides on whatever comes. */
class ExplanationPropertyTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final StreamId LEFT = new StreamId(new UUID(0, 1));
    private static final StreamId RIGHT = new StreamId(new UUID(0, 2));
    /** Of the events that two sources bring it leaves out some and makes two of others. */
    private static final Filter FILTER = event -> switch (event.path("n").asInt()) {
        case 0 -> List.of();
        case 1 -> List.of(event.deepCopy(), event.deepCopy().put("n", 2));
        default -> List.of(event);
    };

    private static final Pattern RULE = Pattern.compile("(?m)(?=^    - name: \\w+ \\d)");

    private final RulebookParser parser = new RulebookParser(Set.of("act"), StringTemplate.NONE);

    private static EventExplainer explainer(Rulebook rulebook) {
        return new EventExplainer(
                (text, variables) -> rulebook,
                new Templates(),
                new ActionCatalogue(List.of()),
                (name, arguments) -> FILTER);
    }

    /** Joins, windows, throttles, alternatives, facts, posts, several rulesets, and orders of actions; with filters and without. */
    @Test
    void everyDecisionOfProductionIsTheOneThatWasSaid() {
        Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
        for (long seed = 0; seed < 60; seed++) {
            String text = withoutLoops(RandomRulebook.text(seed));
            boolean filtered = seed % 4 == 3;
            if (filtered) {
                text = text.replace(
                        "ansible.eda.webhook:", "ansible.eda.webhook:\n      filters:\n        - some.filter:");
            }
            Rulebook rulebook = parser.parse(text, "rulebook.yml", JsonText.EMPTY_OBJECT);
            Map<String, StreamId> mapped = Map.of("left", LEFT, "right", seed % 3 == 0 ? LEFT : RIGHT);
            List<Occurrence> events = events(seed, mapped);
            List<Rehearsals.Step> said = explainer(rulebook)
                    .rehearse(text, JsonText.EMPTY_OBJECT, events)
                    .result();
            Production production = new Production(rulebook, mapped, filtered);
            for (int i = 0; i < events.size(); i++) {
                List<Decision> decisions = production.take(events.get(i));
                assertThat(words(said.get(i).decisions()))
                        .as("event %d of seed %d in%n%s", i, seed, text)
                        .isEqualTo(words(decisions));
                assertThat(matched(said.get(i).rules()))
                        .as("event %d of seed %d in%n%s", i, seed, text)
                        .isEqualTo(matched(decisions, events.get(i)));
                said.get(i).rules().forEach(one -> seen.merge(one.fate().outcome(), 1, Integer::sum));
            }
        }
        assertThat(seen)
                .containsKeys(
                        Outcome.MATCHED,
                        Outcome.NOT_FULFILLED,
                        Outcome.WAITS,
                        Outcome.THROTTLED,
                        Outcome.TAKEN,
                        Outcome.LOST);
    }

    /** Rules that hear what rules post or set say nothing that others of them hear: two would talk for ever. */
    private static String withoutLoops(String text) {
        return RULE.splitAsStream(text.replace("{k: p,", "{k: q,"))
                .map(rule -> {
                    boolean hears = rule.contains("fact.f");
                    boolean says = rule.contains("post_event") || rule.contains("set_fact");
                    String quiet = hears ? rule.replaceAll("(set_fact|post_event): .*", "none: {}") : rule;
                    return says ? quiet : quiet.replace("event.k == \"p\"", "event.k == \"q\"");
                })
                .collect(Collectors.joining());
    }

    /** What no condition of a rule is fulfilled by might as well not have come. */
    @Test
    void whatDoesNotFulfilARuleLeavesNoTraceInIt() {
        int dropped = 0;
        for (long seed = 0; seed < 25; seed++) {
            RandomRules random = random(seed);
            Ruleset ruleset = lone(random);
            if (CompiledRuleset.watchesAbsence(ruleset.rules().getFirst().trigger())) {
                continue;
            }
            List<Occurrence> events = events(random);
            List<String> all = played(ruleset, events);
            for (int i = 0; i < events.size(); i++) {
                Fate fate =
                        explained(ruleset, events.subList(0, i + 1)).getFirst().fate();
                if (fate.outcome() == Outcome.NOT_FULFILLED) {
                    List<Occurrence> rest = new ArrayList<>(events);
                    rest.remove(i);
                    assertThat(played(ruleset, rest))
                            .as("%s without %s of %s", ruleset, events.get(i), events)
                            .isEqualTo(all);
                    dropped++;
                }
            }
        }
        assertThat(dropped).isGreaterThan(15);
    }

    /** A throttle ends when it is said to end, not a millisecond before. */
    @Test
    void aThrottleLetsTheNextOneThroughWhenItIsSaidTo() {
        int tried = 0;
        for (long seed = 0; seed < 160; seed++) {
            RandomRules random = random(seed);
            Ruleset ruleset = lone(random);
            Optional<Throttle> throttle = ruleset.rules().getFirst().throttle();
            if (throttle.filter(Throttle.OnceWithin.class::isInstance).isEmpty()) {
                continue;
            }
            List<Occurrence> events = events(random);
            for (int i = 0; i < events.size(); i++) {
                List<Occurrence> so = events.subList(0, i + 1);
                Fate fate = explained(ruleset, so).getFirst().fate();
                Instant end = fate.until().orElse(START);
                if (fate.outcome() == Outcome.THROTTLED
                        && end.isAfter(events.get(i).at())) {
                    assertThat(again(ruleset, so, end.minusMillis(1))).isEqualTo(Outcome.THROTTLED);
                    assertThat(again(ruleset, so, end)).isEqualTo(Outcome.MATCHED);
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(3);
    }

    private static Outcome again(Ruleset ruleset, List<Occurrence> events, Instant at) {
        List<Occurrence> more = new ArrayList<>(events);
        more.add(new Occurrence(
                new EventId("again"), at, Set.of(), events.getLast().body()));
        return explained(ruleset, more).getFirst().fate().outcome();
    }

    /** What is matched together is named by each of them, and is what production matched. */
    @Test
    void partnersAreThoseThatWereMatched() {
        int joined = 0;
        for (long seed = 0; seed < 25; seed++) {
            RandomRules random = random(seed);
            Rule rule = Make.rule(
                    "join",
                    Make.all(
                            random.condition(0),
                            Make.compare(Make.path("b"), Comparison.LESS_OR_EQUAL, Make.foreign("m_0", "a"))));
            Ruleset ruleset = Make.ruleset(rule);
            List<Occurrence> events = events(random);
            try (RulesetSession session = RulesetSession.open(ruleset, START)) {
                for (int i = 0; i < events.size(); i++) {
                    Occurrence event = events.get(i);
                    session.advanceTo(event.at());
                    Set<EventId> matched = session.event(event.id(), event.body()).stream()
                            .filter(match -> match.rule().name().equals(rule.name()))
                            .limit(1)
                            .flatMap(match -> match.matched().stream())
                            .map(one -> one.id())
                            .filter(id -> !id.equals(event.id()))
                            .collect(Collectors.toSet());
                    Fate fate = explained(ruleset, events.subList(0, i + 1))
                            .getFirst()
                            .fate();
                    if (fate.outcome() == Outcome.MATCHED) {
                        assertThat(Set.copyOf(fate.partners())).isEqualTo(matched);
                        joined++;
                    }
                }
            }
        }
        assertThat(joined).isGreaterThan(2);
    }

    private static List<RuleExplanation> explained(Ruleset ruleset, List<Occurrence> events) {
        Rulebook rulebook = new Rulebook(List.of(ruleset));
        return explainer(rulebook).explain(rulebook, JsonText.EMPTY_OBJECT, events);
    }

    /** Seeds that follow one another would begin alike. */
    private static RandomRules random(long seed) {
        return new RandomRules(seed * 0x9E3779B97F4A7C15L);
    }

    /** One rule by itself. */
    private static Ruleset lone(RandomRules random) {
        Ruleset all = random.ruleset();
        return Make.ruleset(
                all.matchMultipleRules(),
                all.defaultEventsTtl().orElse(Ruleset.DEFAULT_TTL),
                all.rules().getFirst());
    }

    private static List<Occurrence> events(RandomRules random) {
        List<Occurrence> events = new ArrayList<>();
        Instant at = START;
        for (int i = 0; i < 8; i++) {
            at = at.plusMillis(random.below(4) * 300L);
            events.add(new Occurrence(new EventId("e" + i), at, Set.of(), random.event()));
        }
        return events;
    }

    /** All that a rule decides, with what it matched; and what time brings in the end. */
    private static List<String> played(Ruleset ruleset, List<Occurrence> events) {
        List<String> decided = new ArrayList<>();
        try (RulesetSession session = RulesetSession.open(ruleset, START)) {
            for (Occurrence event : events) {
                session.advanceTo(event.at())
                        .forEach(match -> decided.add(match.matched().toString()));
                session.event(event.id(), event.body())
                        .forEach(match -> decided.add(match.matched().toString()));
            }
            session.advanceTo(START.plusSeconds(60))
                    .forEach(match -> decided.add(match.matched().toString()));
        }
        return decided;
    }

    private static List<Occurrence> events(long seed, Map<String, StreamId> mapped) {
        Random random = new Random(seed);
        List<Occurrence> events = new ArrayList<>();
        Instant at = START;
        for (int i = 0; i < 14; i++) {
            at = at.plusMillis(random.nextInt(4) * 700L);
            StreamId stream = random.nextBoolean() ? LEFT : mapped.get("right");
            Set<String> sources = mapped.entrySet().stream()
                    .filter(one -> one.getValue().equals(stream))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("k", List.of("a", "b", "c", "d", "e", "p").get(random.nextInt(6)));
            body.put("h", random.nextInt(2));
            body.put("n", random.nextInt(4));
            if (random.nextInt(4) == 0) {
                body.put("z", 1);
            }
            if (random.nextInt(6) == 0) {
                body.put("answer", 42);
            }
            events.add(new Occurrence(new EventId("e" + i), at, sources, JsonText.of(body)));
        }
        return events;
    }

    /** Ids of what rules posted depend on the log's positions; those of events do not. */
    private static List<String> words(List<Decision> decisions) {
        return decisions.stream()
                .map(one -> one.ruleset() + " / " + one.rule() + " "
                        + one.matched().stream()
                                .map(matched -> matched.id().value())
                                .map(id -> id.startsWith("e") && id.length() < 8 ? id : "posted")
                                .toList())
                .toList();
    }

    private static Set<String> matched(List<RuleExplanation> rules) {
        return rules.stream()
                .filter(one -> one.fate().outcome() == Outcome.MATCHED)
                .map(one -> one.ruleset() + " / " + one.rule())
                .collect(Collectors.toSet());
    }

    private static Set<String> matched(List<Decision> decisions, Occurrence event) {
        String id = event.id().value();
        return decisions.stream()
                .filter(one -> one.matched().stream()
                        .map(matched -> matched.id().value())
                        .anyMatch(matched -> matched.equals(id) || matched.startsWith(id + "/")))
                .map(one -> one.ruleset() + " / " + one.rule())
                .collect(Collectors.toSet());
    }

    /** A session as an activation has it: bound to two streams, its tasks done at once. */
    private static final class Production {
        private final RulebookSession session;
        private final Map<String, StreamId> mapped;
        private long entries;

        Production(Rulebook rulebook, Map<String, StreamId> mapped, boolean filtered) {
            this.mapped = mapped;
            Map<String, Map<StreamId, ArrivalFilters.Declared>> filters = new HashMap<>();
            if (filtered) {
                rulebook.rulesets()
                        .forEach(ruleset -> ruleset.sources()
                                .forEach(source -> filters.computeIfAbsent(ruleset.name(), unused -> new HashMap<>())
                                        .put(
                                                mapped.get(source.name()),
                                                new ArrivalFilters.Declared(
                                                        new MetaInfo(source.name(), source.plugin()),
                                                        List.of(FILTER)))));
            }
            session = new RulebookSession(new SessionPlan(
                    InboxId.of(new ActivationId(1)),
                    new Incarnation(new UUID(1, 1)),
                    rulebook,
                    1,
                    JsonText.EMPTY_OBJECT,
                    rulebook.rulesets().stream()
                            .collect(Collectors.toMap(
                                    Ruleset::name,
                                    ruleset -> ruleset.sources().stream()
                                            .map(source -> mapped.get(source.name()))
                                            .collect(Collectors.toSet()))),
                    ExecutionStrategy.SEQUENTIAL,
                    SessionPlan.SHUTDOWN_DELAY,
                    new Templates(),
                    new ActionCatalogue(List.of()),
                    new ArrivalFilters(filters)));
        }

        List<Decision> take(Occurrence event) {
            List<Decision> decisions = new ArrayList<>();
            StreamId stream =
                    Objects.requireNonNull(mapped.get(event.sources().iterator().next()));
            Deque<TaskId> open = new ArrayDeque<>(
                    take(new LogEntry.Arrived(next(), event.at(), event.id(), stream, event.body()), decisions));
            while (!open.isEmpty()) {
                var outcome = new TaskOutcome(open.remove(), TaskState.SUCCEEDED, "", Optional.empty());
                open.addAll(take(new LogEntry.Ended(next(), session.now(), outcome), decisions));
            }
            return decisions;
        }

        private List<TaskId> take(LogEntry entry, List<Decision> decisions) {
            Decided decided = session.take(entry);
            List<TaskId> released = new ArrayList<>();
            for (Decision decision : decided.decisions()) {
                decisions.add(decision);
                for (DecidedAction action : decision.actions()) {
                    if (action instanceof DecidedAction.Delegated task && task.released()) {
                        released.add(task.task().id());
                    }
                }
            }
            for (ActionProgress progress : decided.progress()) {
                if (progress instanceof ActionProgress.Released one) {
                    released.add(one.task());
                }
            }
            return released;
        }

        private Position next() {
            return new Position(1, ++entries);
        }
    }
}
