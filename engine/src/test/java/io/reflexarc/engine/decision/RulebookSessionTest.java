// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.TaskState;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.decision.DecidedAction;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.MetaInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulebookSessionTest {
    private static final String HEAD = """
            - name: first
              hosts: web1
              sources:
                - name: alerts
                  ansible.eda.alertmanager:
              rules:
            """;
    private static final String SECOND = """
            - name: second
              hosts: all
              sources:
                - name: pushes
                  ansible.eda.webhook:
              rules:
            """;

    @Test
    void eventsOfASourceWhoseOwnerIsGoneAreIgnored() {
        var script = parallel(rule("r", "event.a == 1", "debug: {}"));

        assertThat(script.sourced(1, "{\"a\": 1}")).containsExactly("r[debug]");
        script.control(new LogEntry.Control.Owner(3));
        assertThat(script.sourced(1, "{\"a\": 1}")).isEmpty();
        script.restore();
        assertThat(script.sourced(2, "{\"a\": 1}")).isEmpty();
        assertThat(script.sourced(3, "{\"a\": 1}")).containsExactly("r[debug]");
        assertThat(script.event("{\"a\": 1}")).containsExactly("r[debug]");
    }

    @Test
    void filtersOfASourceActOnTheEventsOfItsStream() {
        Filter split = event -> {
            if (event.has("bad")) {
                throw new ProblemException(ProblemType.INVALID, "bad");
            }
            List<ObjectNode> parts = new ArrayList<>();
            event.path("list").forEach(item -> parts.add((ObjectNode) item));
            return parts;
        };
        var declared = new ArrivalFilters.Declared(new MetaInfo("alerts", "plugin"), List.of(split));
        var script = new SessionScript(
                HEAD + rule("r", "event.a == 1 and event.meta.source.name == 'alerts'", "debug: {}"),
                ExecutionStrategy.PARALLEL,
                new ArrivalFilters(Map.of("first", Map.of(SessionScript.ALERTS, declared))));

        assertThat(script.event("{\"list\": [{\"a\": 1}, {\"a\": 2}, {\"a\": 1}]}"))
                .containsExactly("r[debug]", "r[debug]");
        assertThat(script.event("{\"list\": []}")).isEmpty();
        assertThat(script.event("{\"bad\": 1}")).isEmpty();
    }

    @Test
    void ownActionsHappenAtOnceAndATaskThatNothingWaitsForIsNotAwaited() {
        var script = parallel(rule("r", "event.a == 1", "debug: {msg: hello}", "act: {x: 1}"));

        assertThat(script.event("{\"a\": 1}")).containsExactly("r[debug, act~]");
        assertThat(script.event("{\"a\": 2}")).isEmpty();
    }

    @Test
    void theNextActionStartsWhenTheOneBeforeHasEnded() {
        var script = parallel(
                rule("r", "event.a == 1", "act: {x: 1}", "debug: {msg: then}", "act: {x: 2}", "print_event: {}"));

        assertThat(script.event("{\"a\": 1}")).containsExactly("r[act, debug?, act?, print_event?]");
        assertThat(script.ended(script.task(0, 0), TaskState.SUCCEEDED)).containsExactly("r.1 done", "r.2 released");
        assertThat(script.ended(script.task(0, 2), TaskState.SUCCEEDED)).containsExactly("r.3 done");
    }

    @Test
    void aFailureDoesNotStopTheRest() {
        var script = parallel(rule(
                "r",
                "event.a == 1",
                "debug: {msg: '{{ undefined }}'}",
                "act: {x: '{{ undefined }}'}",
                "set_fact: {ruleset: nowhere, fact: {b: 1}}",
                "act: {x: 1}",
                "act: {x: 2}"));

        assertThat(script.event("{\"a\": 1}")).containsExactly("r[debug!, act!, set_fact!, act, act?~]");
        assertThat(script.ended(script.task(0, 3), TaskState.DEAD_LETTER)).containsExactly("r.4 released");
        var failed = (DecidedAction.Own) script.decisions().getFirst().actions().getFirst();
        assertThat(failed.result().orElseThrow().message())
                .contains("undefined")
                .contains("debug at ");
    }

    @Test
    void gatheredFactsServeEveryRuleAndAreReplacedNotAddedTo() {
        var script = parallel(rule("linux", "{all: [fact.os == 'linux', event.a == 1]}", "debug: {}")
                + rule("other", "{all: [fact.os == 'other', event.a == 2]}", "debug: {}"));

        assertThat(script.gathered("web1", "{\"os\": \"linux\", \"meta\": {\"hosts\": \"web1\"}}"))
                .isEmpty();
        assertThat(script.event("{\"a\": 1}")).containsExactly("linux[debug]");
        script.restore();
        script.gathered("web1", "{\"os\": \"other\", \"meta\": {\"hosts\": \"web1\"}}");

        assertThat(script.event("{\"a\": 1}")).isEmpty();
        assertThat(script.event("{\"a\": 2}")).containsExactly("other[debug]");
    }

    @Test
    void anOutcomeCountsOnceAndOnlyForWhatIsWaitedFor() {
        var script = parallel(rule("r", "event.a == 1", "act: {x: 1}", "act: {x: 2}", "debug: {}"));
        script.event("{\"a\": 1}");

        assertThat(script.ended(script.task(0, 1), TaskState.SUCCEEDED)).isEmpty();
        assertThat(script.ended(script.task(0, 0), TaskState.DEAD_LETTER)).containsExactly("r.1 released");
        assertThat(script.ended(script.task(0, 0), TaskState.SUCCEEDED)).isEmpty();
    }

    @Test
    void decisionsOfASequentialRulesetWaitForEachOtherAndThoseOfAParallelOneDoNot() {
        String rules = rule("a", "event.a == 1", "act: {x: 1}", "debug: {msg: a}")
                + rule("b", "event.b == 1", "debug: {msg: b}", "act: {x: 2}");
        var sequential = new SessionScript(HEAD + rules, ExecutionStrategy.SEQUENTIAL);
        var parallel = new SessionScript(HEAD + rules, ExecutionStrategy.PARALLEL);

        assertThat(sequential.event("{\"a\": 1}")).containsExactly("a[act, debug?]");
        assertThat(sequential.event("{\"b\": 1}")).containsExactly("b[debug?, act?]");
        assertThat(sequential.event("{\"b\": 1}")).containsExactly("b[debug?, act?]");
        assertThat(sequential.ended(sequential.task(0, 0), TaskState.FAILED))
                .containsExactly("a.1 done", "b.0 done", "b.1 released");
        assertThat(sequential.ended(sequential.task(1, 1), TaskState.SUCCEEDED))
                .containsExactly("b.0 done", "b.1 released");

        parallel.event("{\"a\": 1}");
        assertThat(parallel.event("{\"b\": 1}")).containsExactly("b[debug, act~]");
    }

    @Test
    void theRulesetsOwnStrategyWinsAndRulesetsDoNotWaitForEachOther() {
        String yaml = HEAD.replace("  hosts", "  execution_strategy: sequential\n  hosts")
                + rule("a", "event.a == 1", "act: {x: 1}")
                + SECOND.replace("- name: pushes", "- name: alerts")
                + rule("b", "event.a == 1", "act: {x: 2}");
        var script = new SessionScript(yaml, ExecutionStrategy.PARALLEL);

        assertThat(script.event("{\"a\": 1}")).containsExactly("a[act]", "b[act~]");
        assertThat(script.event("{\"a\": 1}")).containsExactly("a[act?]", "b[act~]");
    }

    @Test
    void anEventGoesToTheRulesetsWhoseSourceIsMappedToItsStream() {
        var script = parallel(rule("a", "event.a == 1", "none: {}") + SECOND + rule("b", "event.a == 1", "none: {}"));

        assertThat(script.event(SessionScript.ALERTS, "{\"a\": 1}")).containsExactly("a[none]");
        assertThat(script.event(SessionScript.PUSHES, "{\"a\": 1}")).containsExactly("b[none]");
    }

    @Test
    void postsAreDecidedBeforeTheNextEntryInOneLineForAllRulesets() {
        var script = parallel(rule(
                        "a",
                        "event.a == 1",
                        "post_event: {ruleset: second, event: {b: 1}}",
                        "set_fact: {fact: {c: 1}}",
                        "post_event: {ruleset: second, event: {b: 1}}")
                + rule("c", "event.c == 1", "none: {}")
                + SECOND
                + rule("b", "event.b == 1", "none: {}"));

        assertThat(script.event("{\"a\": 1}"))
                .containsExactly("a[post_event, set_fact, post_event]", "b[none]", "c[none]", "b[none]");
        Decision posted = script.decisions().get(1);
        var meta = posted.matched().getFirst().body().tree().path("meta");
        assertThat(meta.path("source").path("name").asText()).isEqualTo("post_event");
        assertThat(meta.path("source").path("type").asText()).isEqualTo("internal");
        assertThat(meta.path("uuid").asText())
                .isEqualTo(posted.matched().getFirst().id().value());
        assertThat(script.decisions()).extracting(Decision::ordinal).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aChainOfPostsEndsAtItsBoundWithAFailedAction() {
        var script = parallel(rule("loop", "event.a == 1", "post_event: {event: {a: 1}}"));

        List<String> words = script.event("{\"a\": 1}");

        assertThat(words).hasSize(Posts.MAX_DEPTH + 1).endsWith("loop[post_event!]");
        assertThat(words.getFirst()).isEqualTo("loop[post_event]");
    }

    @Test
    void dataOfAnOutcomeComesBackAsFactAndEvent() {
        var script = parallel(rule("a", "event.a == 1", "act: {set_facts: true, post_events: true, ruleset: second}")
                + SECOND
                + rule("b", "event.b == 1", "none: {}"));

        assertThat(script.event("{\"a\": 1}")).containsExactly("a[act]");
        assertThat(script.ended(script.task(0, 0), "{\"b\": 1}")).containsExactly("b[none]", "b[none]");
        assertThat(script.decisions().get(1).matched().getFirst().body().toString())
                .contains("\"name\":\"act\"");
    }

    @Test
    void aRetractedFactIsForgotten() {
        var script = parallel(rule("keep", "event.f == 1", "set_fact: {fact: {known: 1}}")
                + rule("drop", "event.f == 2", "retract_fact: {fact: {known: 1}}")
                + "    - name: pair\n      condition:\n        all:\n          - fact.known == 1\n"
                + "          - event.p == 1\n      actions:\n        - none: {}\n");
        script.event("{\"f\": 1}");
        assertThat(script.event("{\"p\": 1}")).containsExactly("pair[none]");

        script.event("{\"f\": 2}");
        assertThat(script.event("{\"p\": 1}")).isEmpty();
    }

    @Test
    void aGracefulShutdownWaitsForWhatRunsAndDecidesNothingMore() {
        var script =
                parallel(rule("end", "event.a == 1", "shutdown: {message: bye}", "act: {x: 1}", "debug: {msg: last}"));

        assertThat(script.event("{\"a\": 1}")).containsExactly("end[shutdown, act, debug?]");
        assertThat(script.session().phase()).isEqualTo(Phase.CLOSING);
        assertThat(script.event("{\"a\": 1}")).isEmpty();
        assertThat(script.ended(script.task(0, 1), TaskState.SUCCEEDED)).containsExactly("end.2 done");
        assertThat(script.session().phase()).isEqualTo(Phase.COMPLETED);
        assertThat(script.session().message()).isEqualTo("bye");

        script.control(new LogEntry.Control.Resume());
        assertThat(script.event("{\"a\": 1}")).containsExactly("end[shutdown, act, debug?]");
    }

    @Test
    void aShutdownDoesNotWaitForever() {
        var script = parallel(rule("end", "event.a == 1", "shutdown: {delay: 5}", "act: {x: 1}", "debug: {}"));
        script.event("{\"a\": 1}");

        assertThat(script.session().nextDue()).contains(Instant.EPOCH.plusSeconds(5));
        script.at(5);
        script.tick();

        assertThat(script.session().phase()).isEqualTo(Phase.COMPLETED);
    }

    @Test
    void aShutdownNowGivesUpWhatWaits() {
        var script = parallel(rule("end", "event.a == 1", "shutdown: {kind: now}", "act: {x: 1}"));

        assertThat(script.event("{\"a\": 1}")).containsExactly("end[shutdown, act?~]");
        assertThat(script.session().phase()).isEqualTo(Phase.COMPLETED);
    }

    @Test
    void timersGoFromDueTimeToDueTimeAndAreLateWhenNobodyRanTheActivation() {
        String once = "    - name: missing\n      condition:\n        not_all:\n          - event.up == 1\n"
                + "          - event.down == 1\n        timeout: 10 seconds\n      actions:\n        - none: {}\n";
        var script = parallel(once);
        script.event("{\"up\": 1}");
        assertThat(script.session().nextDue()).contains(Instant.EPOCH.plusSeconds(10));

        script.at(30);
        assertThat(script.event("{\"other\": 1}")).containsExactly("missing[none]");
        assertThat(script.decisions().getLast().at()).isEqualTo(Instant.EPOCH.plusSeconds(10));
        assertThat(script.decisions().getLast().late()).isFalse();

        script.event("{\"up\": 1}");
        script.at(90);
        assertThat(script.control(new LogEntry.Control.Owner(2))).containsExactly("missing[none]");
        assertThat(script.decisions().getLast().late()).isTrue();
    }

    @Test
    void theClockNeverGoesBack() {
        var script = parallel(rule("a", "event.a == 1", "none: {}"));
        script.at(50);
        script.event("{\"a\": 1}");
        script.at(20);
        script.event("{\"a\": 1}");

        assertThat(script.decisions().getLast().at()).isEqualTo(Instant.EPOCH.plusSeconds(50));
    }

    @Test
    void aPausedSessionLetsEventsPassUndecided() {
        var script = parallel(rule("a", "event.a == 1", "none: {}"));
        script.control(new LogEntry.Control.Pause());
        assertThat(script.event("{\"a\": 1}")).isEmpty();
        script.control(new LogEntry.Control.Resume());
        assertThat(script.event("{\"a\": 1}")).containsExactly("a[none]");
    }

    @Test
    void hostsComeFromTheEventUnlessItNamesNone() {
        var script = parallel(rule("a", "event.a == 1", "act: {}"));
        script.event("{\"a\": 1, \"meta\": {\"hosts\": [\"db1\"]}}");
        script.event("{\"a\": 1, \"meta\": {\"hosts\": []}}");
        script.event("{\"a\": 1, \"meta\": {\"hosts\": \"db2\"}}");

        assertThat(script.decisions())
                .extracting(decision -> ((DecidedAction.Delegated)
                                decision.actions().getFirst())
                        .task()
                        .hosts())
                .containsExactly(List.of("db1"), List.of("web1"), List.of("db2"));
    }

    @Test
    void aRestoredSessionGoesOnAsIfNothingHadHappened() {
        String rules = rule("a", "event.a == 1", "act: {x: 1}", "debug: {msg: a}", "post_event: {event: {b: 1}}")
                + rule("b", "event.b == 1", "act: {x: 2}");
        var script = new SessionScript(HEAD + rules, ExecutionStrategy.SEQUENTIAL);
        script.event("{\"a\": 1}");
        script.event("{\"b\": 1}");

        script.restore();

        assertThat(script.ended(script.task(0, 0), TaskState.SUCCEEDED))
                .containsExactly("a.1 done", "a.2 done", "b.0 released", "b[act?]");
        script.restore();
        assertThat(script.ended(script.task(1, 0), TaskState.SUCCEEDED)).containsExactly("b.0 released");
    }

    private static SessionScript parallel(String rules) {
        return new SessionScript(HEAD + rules, ExecutionStrategy.PARALLEL);
    }

    private static String rule(String name, String condition, String... actions) {
        return "    - name: " + name + "\n      condition: " + condition + "\n      actions:\n"
                + String.join(
                        "",
                        List.of(actions).stream()
                                .map(action -> "        - " + action + "\n")
                                .toList());
    }
}
