// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.plugins.RecordedContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said without Ansible. */
class RunPlaybookTest {
    private final ActionCatalogue catalogue = new ActionCatalogue(List.of(new AnsiblePlugin()));

    @TempDir
    Path directory;

    @Test
    void asksForOneAttemptUnlessTold() {
        assertThat(decode("{\"name\": \"a.yml\"}").terms().retry().attempts()).isEqualTo(1);
        assertThat(decode("{\"name\": \"a.yml\", \"retry\": true}")
                        .terms()
                        .retry()
                        .attempts())
                .isEqualTo(2);
        RetryPolicy retry = decode(
                        "{\"name\": \"a.yml\", \"retry\": true, \"retries\": 3, \"delay\": 1.5, \"lock\": \"x\"}")
                .terms()
                .retry();
        assertThat(retry.attempts()).isEqualTo(4);
        assertThat(retry.delay(3, 0.9)).isEqualTo(Duration.ofMillis(1500));
        assertThat(decode("{\"name\": \"a.yml\", \"lock\": \"x\"}").terms().lock())
                .contains("x");
    }

    @Test
    void takesEveryArgumentOfUpstream() {
        RunPlaybook playbook = decode("""
                {"name": "a.yml", "extra_vars": {"x": [1]}, "verbosity": 2, "json_mode": true, "copy_files": false,
                 "set_facts": true, "post_events": true, "ruleset": "r", "retry": true, "retries": 1, "delay": 2,
                 "var_root": {"a": "b"}, "lock": "l", "check_files": true}""");

        assertThat(playbook.feedsBack()).isTrue();
        assertThat(playbook.extraVars().orElseThrow()).hasToString("{\"x\":[1]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\": \" \"}",
                "{\"name\": \"a.yml\", \"extra_vars\": \"x=1\"}",
                "{\"name\": \"a.yml\", \"verbosity\": 9}",
                "{\"name\": \"a.yml\", \"retries\": -1}",
                "{\"name\": \"a.yml\", \"tags\": \"x\"}"
            })
    void refusesWrongArguments(String arguments) {
        assertThatThrownBy(() -> decode(arguments))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("run_playbook: ");
    }

    @Test
    void saysWhatToInstallWhenThereIsNoRunner() throws Exception {
        ActionOutcome.Failed failed = (ActionOutcome.Failed)
                run("{\"name\": \"a.yml\"}", directory.resolve("none"), List.of("all"), Optional.of("localhost"));

        assertThat(failed.retryable()).isFalse();
        assertThat(failed.reason()).contains("pip install ansible-core ansible-runner");
    }

    @Test
    void findsPlaybooksOnlyInsideTheirDirectories() throws IOException {
        Path root = Files.createDirectories(directory.resolve("root/playbooks/deep"));
        Path roots = directory.resolve("root");
        Path outside = Files.writeString(directory.resolve("outside.yml"), "- hosts: all\n");
        Files.writeString(root.resolve("in.yml"), "- hosts: all\n");
        Files.createSymbolicLink(roots.resolve("link.yml"), outside);

        for (String good : List.of(
                "playbooks/deep/in.yml", "deep/in.yml", root.resolve("in.yml").toString())) {
            assertThat(prepare(roots, good)).isEqualTo("in.yml");
        }
        assertThat(prepare(roots, "community.general.site")).isEqualTo("community.general.site");
        for (String bad : List.of(
                "../outside.yml",
                "deep/../../../outside.yml",
                outside.toString(),
                "link.yml",
                "missing.yml",
                "a.b.yml",
                "-e@/etc/passwd",
                "in.yml\0",
                "..\\outside.yml")) {
            assertThatThrownBy(() -> prepare(roots, bad)).as(bad).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void copiesNeighboursButNothingFromOutside() throws IOException {
        Path root = Files.createDirectories(directory.resolve("root/sub"))
                .resolve("..")
                .normalize();
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Files.writeString(root.resolve("play.yml"), "- hosts: all\n");
        Files.writeString(root.resolve("sub/vars.yml"), "a: 1\n");
        Files.createSymbolicLink(root.resolve("sub/again.yml"), Path.of("vars.yml"));
        Files.createSymbolicLink(root.resolve("stolen"), secret);
        Files.createDirectories(root.resolve(".git/objects"));
        Path project = Files.createDirectories(directory.resolve("project"));

        new PlaybookFiles(List.of(root)).prepare("play.yml", true, project);

        assertThat(project.resolve("play.yml")).exists();
        assertThat(project.resolve("sub/again.yml")).hasContent("a: 1\n");
        assertThat(project.resolve("stolen")).doesNotExist();
        assertThat(project.resolve(".git")).doesNotExist();
    }

    @Test
    void refusesHostsThatAreNone() {
        for (String host : List.of("@/etc/passwd", "-i", "a,@b", "a b", "", "a\nb")) {
            assertThatThrownBy(() -> run(
                            "{\"name\": \"a.yml\"}", Path.of("/bin/true"), List.of("web1", host), Optional.of("web1")))
                    .hasMessageContaining("is no host");
        }
        assertThatThrownBy(() -> run("{\"name\": \"a.yml\"}", Path.of("/bin/true"), List.of(), Optional.of("web1")))
                .hasMessageContaining("there are no hosts");
        assertThatThrownBy(() -> run("{\"name\": \"a.yml\"}", Path.of("/bin/true"), List.of("all"), Optional.empty()))
                .hasMessageContaining("needs an inventory");
    }

    private String prepare(Path root, String name) throws IOException {
        Path project = Files.createTempDirectory(directory, "project");
        return new PlaybookFiles(List.of(root)).prepare(name, false, project);
    }

    private ActionOutcome run(String arguments, Path runner, List<String> hosts, Optional<String> inventory)
            throws Exception {
        ActionTask task = RecordedContext.task("{}", hosts);
        AnsibleConfig config = new AnsibleConfig(runner, List.of(directory), AnsibleConfig.PLAIN_ENVIRONMENT);
        return decode(arguments)
                .run(new RecordedContext(task, 1, inventory, Resources.NONE.with(AnsibleConfig.class, config)));
    }

    private RunPlaybook decode(String arguments) {
        return (RunPlaybook) catalogue.decode("run_playbook", JsonText.ofString(arguments));
    }
}
