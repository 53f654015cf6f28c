// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.plugins.RecordedContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunModuleIT {
    private static AnsibleInstallation ansible;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeVirtualEnvironment() throws IOException, InterruptedException {
        ansible = AnsibleInstallation.make();
    }

    @Test
    void sendsBackTheModulesResultAndEvaluatesNothingOfIt() throws Exception {
        Path canary = directory.resolve("canary");
        String trap = "{{ lookup('pipe', 'touch " + canary + "') }}";
        RecordedContext context = ansible.context(JsonText.EMPTY_OBJECT);

        ActionOutcome outcome = run(
                context,
                Map.of(
                        "name",
                        "ansible.builtin.set_fact",
                        "module_args",
                        Map.of("zz", 1, "seen", trap),
                        "extra_vars",
                        Map.of("other", trap),
                        "set_facts",
                        true));

        assertThat(outcome).as(context.output()).isInstanceOf(ActionOutcome.Succeeded.class);
        ActionOutcome.Succeeded done = (ActionOutcome.Succeeded) outcome;
        assertThat(done.feedback().orElseThrow().object())
                .isEqualTo(Map.of("ansible_facts", Map.of("zz", 1, "seen", trap), "failed", false, "changed", false));
        assertThat(done.result().object())
                .containsEntry("module", "ansible.builtin.set_fact")
                .containsEntry("rc", 0);
        assertThat(canary).doesNotExist();
    }

    @Test
    void takesArgumentsAsTextToo() throws Exception {
        RecordedContext context = ansible.context(JsonText.EMPTY_OBJECT);

        ActionOutcome.Succeeded done = (ActionOutcome.Succeeded) run(
                context,
                Map.of(
                        "name",
                        "ansible.builtin.command",
                        "module_args",
                        "echo it is {{ 6 * 7 }}",
                        "post_events",
                        true));

        assertThat(done.feedback().orElseThrow().object()).containsEntry("stdout", "it is {{ 6 * 7 }}");
        assertThat(context.output()).contains("[here]").doesNotContain("[other]");
    }

    @Test
    void saysWhenAModuleIsNotInstalled() throws Exception {
        ActionOutcome.Failed failed =
                (ActionOutcome.Failed) run(ansible.context(JsonText.EMPTY_OBJECT), Map.of("name", "no.such.module"));

        assertThat(failed.reason())
                .isEqualTo("the module no.such.module failed (rc 4): a module is not installed here; install its"
                        + " collection (ansible-galaxy collection install) or correct its name");
        assertThat(failed.result().object()).containsEntry("rc", 4);
    }

    private static ActionOutcome run(RecordedContext context, Map<String, Object> arguments) throws Exception {
        return new ActionCatalogue(List.of(new AnsiblePlugin()))
                .decode("run_module", JsonText.of(arguments))
                .run(context);
    }
}
