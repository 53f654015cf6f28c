// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.activation.FactsGatherer;
import io.reflexarc.core.activation.FactsGatherer.HostFacts;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.VirtualTime;
import io.reflexarc.engine.decision.Printed;
import io.reflexarc.engine.template.PythonText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RulebookRunTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final Diary diary = new Diary();
    private List<HostFacts> facts = List.of();

    @Test
    void aRunEndsWithItsSourceAndShowsWhatItsRulesSay() throws Exception {
        int code = run("""
                - name: hello
                  hosts: all
                  sources:
                    - eda.builtin.range: {limit: 3}
                  rules:
                    - name: second
                      condition: event.i == 1
                      action:
                        debug: {msg: "i is {{ event.i }}"}
                """);

        assertThat(code).isZero();
        assertThat(diary.lines)
                .containsExactly(
                        "received hello 0",
                        "received hello 1",
                        "debug i is 1",
                        "debug successful second",
                        "received hello 2",
                        "graceful eda.builtin.range");
    }

    @Test
    void factsOfHostsAreThereBeforeTheFirstEvent() throws Exception {
        facts = List.of(
                new HostFacts("web1", JsonText.ofString("{\"os\": \"linux\", \"meta\": {\"hosts\": \"web1\"}}")),
                new HostFacts("web2", JsonText.ofString("{\"os\": \"other\", \"meta\": {\"hosts\": \"web2\"}}")));

        run("""
                - name: hello
                  hosts: all
                  gather_facts: true
                  sources:
                    - eda.builtin.range: {limit: 1}
                  rules:
                    - name: linux
                      condition: {all: [fact.os == "linux", event.i == 0]}
                      action:
                        debug: {msg: "{{ events.m_0.meta.hosts }}"}
                """);

        assertThat(diary.lines).containsSubsequence("received hello 0", "debug web1");
    }

    @Test
    void timePassesFromOneThingThatIsDueToTheNext() throws Exception {
        run("""
                - name: late
                  hosts: all
                  sources:
                    - eda.builtin.range: {limit: 3, delay: 3600}
                  rules:
                    - name: silence
                      condition:
                        not_all: [event.i == 1, event.never == 1]
                        timeout: 10 minutes
                      action:
                        debug: {msg: nothing came}
                """);

        assertThat(diary.lines).contains("debug nothing came");
        assertThat(diary.lines.indexOf("debug nothing came")).isLessThan(diary.lines.indexOf("received late 2"));
        assertThat(time.instant()).isAfterOrEqualTo(BEGIN.plus(Duration.ofHours(2)));
    }

    @Test
    void eventsReachOnlyTheRulesetOfTheirSourceEvenWhenSourcesHaveOneName() throws Exception {
        run("""
                - name: one
                  hosts: all
                  sources:
                    - eda.builtin.range: {limit: 1}
                  rules:
                    - {name: a, condition: event.i == 0, action: {none: }}
                - name: two
                  hosts: all
                  sources:
                    - eda.builtin.range: {limit: 1, delay: 1}
                  rules:
                    - {name: b, condition: event.i == 0, action: {none: }}
                """);

        assertThat(diary.lines).containsOnlyOnce("noop successful a").containsOnlyOnce("received one 0");
    }

    @Test
    void whatActionsGiveToTheEngineIsSeen() throws Exception {
        run("""
                - name: facts
                  hosts: all
                  sources:
                    - eda.builtin.range: {limit: 1}
                  rules:
                    - name: a
                      condition: event.i == 0
                      actions:
                        - set_fact: {fact: {k: 1}}
                        - post_event: {event: {j: 2}}
                        - retract_fact: {fact: {k: 1}}
                """);

        assertThat(diary.lines).contains("FACT facts k", "EVENT facts j", "RETRACT facts k");
    }

    @Test
    void aRuleThatSaysShutdownEndsTheRun() throws Exception {
        int code = run("""
                - name: stop
                  hosts: all
                  sources:
                    - eda.builtin.range: {limit: 100, delay: 1}
                  rules:
                    - name: enough
                      condition: event.i == 3
                      action:
                        shutdown: {message: enough, delay: 0.5}
                """);

        assertThat(code).isZero();
        assertThat(diary.lines)
                .contains(
                        "ruleset stop rule: enough has initiated shutdown of type: graceful. Delay: 0.500 seconds,"
                                + " Message: enough",
                        "graceful ")
                .doesNotContain("received stop 5");
    }

    @Test
    void aSourceThatCannotBeStartedEndsTheRunWithOne() throws Exception {
        int code = run("""
                - name: broken
                  hosts: all
                  sources:
                    - eda.builtin.nosuch: {}
                  rules:
                    - {name: a, condition: event.i == 0, action: {none: }}
                """);

        assertThat(code).isEqualTo(1);
        assertThat(diary.lines).last().isEqualTo("graceful eda.builtin.nosuch");
    }

    @Test
    void anActionThatNeedsAnInventoryIsRefusedAtTheStart() {
        assertThatThrownBy(() -> run("""
                - name: broken
                  hosts: all
                  sources:
                    - eda.builtin.range: {limit: 1}
                  rules:
                    - {name: a, condition: event.i == 0, action: {run_playbook: {name: p.yml}}}
                """))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Rule a has an action run_playbook which needs inventory");
    }

    @Test
    void aDryRunNamesWhatItWouldDo() throws Exception {
        var options = new RunRequest.Options(
                RunRequest.Options.DEFAULT.strategy(), Duration.ofSeconds(60), Duration.ZERO, 25, true);
        run("""
                - name: dry
                  hosts: all
                  sources:
                    - eda.builtin.range: {limit: 1}
                  rules:
                    - name: a
                      condition: event.i == 0
                      actions:
                        - run_playbook: {name: p.yml}
                        - debug: {msg: after}
                """, options);

        assertThat(diary.lines).containsSubsequence("started run_playbook", "run_playbook successful a", "debug after");
    }

    private int run(String yaml) throws Exception {
        return run(yaml, RunRequest.Options.DEFAULT);
    }

    private int run(String yaml, RunRequest.Options options) throws Exception {
        RunRequest request = new RunRequest(
                yaml,
                "rulebook.yml",
                JsonText.EMPTY_OBJECT,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                options);
        RunWorld world = new RunWorld(
                time,
                ActionCatalogue.installed(),
                PluginPath.NONE,
                Resources.NONE.with(FactsGatherer.class, inventory -> facts),
                Map.of(),
                Path.of("").toAbsolutePath(),
                value -> {},
                RandomGenerator.of("L64X128MixRandom"));
        return new RulebookRun(request, world, diary).run();
    }

    /** What happened, in short words. */
    private static final class Diary implements RunObserver {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void received(String ruleset, JsonText event) {
            lines.add("received " + ruleset + " " + event.tree().path("i"));
        }

        @Override
        public void printed(Printed printed) {
            lines.add(printed.channel() + " " + PythonText.str(printed.content().tree()));
        }

        @Override
        public void emitted(Emitted emitted) {
            lines.add(emitted.kind() + " " + emitted.ruleset() + " "
                    + emitted.body().fieldNames().next());
        }

        @Override
        public void started(ActionReport.Started job) {
            lines.add("started " + job.task().action());
        }

        @Override
        public void ended(ActionReport report) {
            lines.add(report.name() + " " + report.status() + " "
                    + report.decision().rule());
        }

        @Override
        public void shutDown(String ruleset, RunShutdown shutdown) {
            lines.add(shutdown.kind() + " " + shutdown.sourcePlugin());
        }
    }
}
