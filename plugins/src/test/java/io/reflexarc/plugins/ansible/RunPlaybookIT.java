// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.plugins.RecordedContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlaybookIT {
    private static AnsibleInstallation ansible;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeVirtualEnvironment() throws IOException, InterruptedException {
        ansible = AnsibleInstallation.make();
    }

    @Test
    void neverEvaluatesWhatCameInWithAnEvent() throws Exception {
        Path canary = directory.resolve("canary");
        String trap = "{{ lookup('pipe', 'touch " + canary + "') }}{% for x in [1] %}{% endfor %}";
        JsonText matched = JsonText.of(Map.of(
                "ruleset", "r",
                "rule", "a rule",
                "event",
                        Map.of(
                                "payload",
                                Map.of(
                                        "host",
                                        trap,
                                        "number",
                                        41,
                                        "real",
                                        1e3,
                                        "yes",
                                        true,
                                        "nothing",
                                        JsonText.ofString("null"),
                                        "labels",
                                        Map.of(trap, "it's \"quoted\" \u00fc \uD83D\uDE00 " + trap)),
                                "meta",
                                Map.of())));
        RecordedContext context = ansible.context(matched);

        ActionOutcome outcome = action(
                        Map.of("name", "show.yml", "extra_vars", Map.of("greeting", trap, "ansible_eda", "mine")))
                .run(context);

        assertThat(outcome).as(context.output()).isInstanceOf(ActionOutcome.Succeeded.class);
        String printed = context.output().replace("\\\"", "\"");
        assertThat(printed)
                .contains("host=[" + trap + "] rule=[a rule] mine=[" + trap + "]")
                .contains("numbers 42 2000.0 True True")
                .contains("item=[" + trap + ":it's \"quoted\" \u00fc \uD83D\uDE00 " + trap + "]")
                .contains("copied=[" + trap + "]");
        assertThat(canary).doesNotExist();
    }

    @Test
    void handsEveryPayloadOverAsItIs() throws Exception {
        JsonText odd = JsonText.ofString(Files.readString(AnsibleInstallation.HERE.resolve("odd-payload.json")));
        JsonText matched = JsonText.of(Map.of("event", Map.of("payload", odd)));
        Path file = directory.resolve("dump.json");

        RecordedContext context = ansible.context(matched);
        ActionOutcome outcome = action(Map.of("name", "dump.yml", "extra_vars", Map.of("file", file.toString())))
                .run(context);

        assertThat(outcome).as(context.output()).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(JsonText.ofString(Files.readString(file)).tree()).isEqualTo(odd.tree());
    }

    @Test
    void sendsBackWhatWasSetLast() throws Exception {
        ActionOutcome.Succeeded done = (ActionOutcome.Succeeded)
                action(Map.of("name", "facts.yml", "post_events", true)).run(ansible.context(JsonText.EMPTY_OBJECT));

        assertThat(done.feedback()).contains(JsonText.ofString("{\"last\":{\"value\":2}}"));
        assertThat(done.result().object())
                .containsEntry("rc", 0)
                .extractingByKey("recap")
                .hasToString("{ok={here=4}, changed={}, failures={}, dark={}, skipped={}, rescued={}, ignored={}}");
    }

    @Test
    void succeedsWithAWarningWhenNothingWasSet() throws Exception {
        RecordedContext context = ansible.context(JsonText.EMPTY_OBJECT);

        ActionOutcome.Succeeded done = (ActionOutcome.Succeeded)
                action(Map.of("name", "nothing.yml", "set_facts", true, "json_mode", true, "verbosity", 1))
                        .run(context);

        assertThat(done.feedback()).isEmpty();
        assertThat(done.result().object()).containsKey("warning");
        assertThat(context.output())
                .contains("\"event\": \"playbook_on_stats\"")
                .contains("[warning] nothing was set");
    }

    @Test
    void failsWithTheReturnCodeAndMayBeRetried() throws Exception {
        RecordedContext context = ansible.context(JsonText.EMPTY_OBJECT);

        ActionOutcome.Failed failed =
                (ActionOutcome.Failed) action(Map.of("name", "fail.yml")).run(context);

        assertThat(failed.reason()).contains("fail.yml failed (rc 2)");
        assertThat(failed.retryable()).isTrue();
        assertThat(context.output()).contains("as it should");
    }

    @Test
    void givesThePlaybookItsNeighboursAndOnlyTheHostsThatAreMeant() throws Exception {
        RecordedContext with = ansible.context(JsonText.EMPTY_OBJECT);
        ActionOutcome found = action(Map.of("name", "with_files/main.yml")).run(with);

        assertThat(found).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(with.output()).contains("colour=teal").contains("[here]").doesNotContain("[other]");
    }

    @Test
    void leavesNoProcessBehindWhenInterrupted() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        RunPlaybook playbook = action(Map.of("name", "long.yml", "extra_vars", Map.of("fifo", fifo.toString())));
        Thread action = Thread.ofVirtual().start(() -> {
            try {
                playbook.run(ansible.context(JsonText.EMPTY_OBJECT));
            } catch (Exception e) {
                thrown.add(e);
            }
        });
        // Blocks until the module, some processes below ansible-runner, tells its own id
        long sleeper = Long.parseLong(Files.readString(fifo).strip());
        long loose =
                Long.parseLong(Files.readString(directory.resolve("fifo.loose")).strip());
        List<ProcessHandle> family = ProcessHandle.current().descendants().toList();
        assertThat(family).anyMatch(handle -> handle.pid() == sleeper).noneMatch(handle -> handle.pid() == loose);
        ProcessHandle runaway = ProcessHandle.of(loose).orElseThrow();

        action.interrupt();
        action.join();

        assertThat(thrown).hasSize(1).first().isInstanceOf(InterruptedException.class);
        for (ProcessHandle handle : family) {
            handle.onExit().get(60, TimeUnit.SECONDS);
        }
        runaway.onExit().get(60, TimeUnit.SECONDS);
    }

    private static RunPlaybook action(Map<String, Object> arguments) {
        return (RunPlaybook)
                new ActionCatalogue(List.of(new AnsiblePlugin())).decode("run_playbook", JsonText.of(arguments));
    }
}
