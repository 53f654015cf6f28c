// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.plugins.RecordedContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said without Ansible. */
class RunModuleTest {
    private final ActionCatalogue catalogue = new ActionCatalogue(List.of(new AnsiblePlugin()));

    @Test
    void takesEveryArgumentOfUpstream() {
        AnsibleAction module = decode("""
                {"name": "ansible.builtin.debug", "module_args": {"msg": "hi"}, "extra_vars": {"x": [1]}, "verbosity": 2,
                 "json_mode": true, "set_facts": true, "post_events": false, "retry": true, "retries": 1, "delay": 2,
                 "var_root": "payload", "lock": "l"}""");

        assertThat(module.feedsBack()).isTrue();
        assertThat(module.terms().retry().attempts()).isEqualTo(2);
        assertThat(module.terms().lock()).contains("l");
    }

    @Test
    void tellsAnsibleEventRuleAndHosts() {
        var task = RecordedContext.task(
                "{\"ruleset\": \"rs\", \"rule\": \"r1\", \"event\": {\"a\": 1}}", List.of("web1,web2", "db1"));
        AnsibleAction module = decode(
                "{\"name\": \"debug\", \"extra_vars\": {\"ansible_eda\": \"mine\", \"x\": 1}, \"verbosity\": 3}");

        AnsibleCall call = module.call(new RecordedContext(task, 1, Optional.empty(), Resources.NONE));

        assertThat(call.extraVars().object())
                .isEqualTo(
                        Map.of("x", 1, "ansible_eda", Map.of("ruleset", "rs", "rule", "r1", "event", Map.of("a", 1))));
        assertThat(call)
                .extracting(AnsibleCall::playbook, AnsibleCall::limit, AnsibleCall::verbosity, AnsibleCall::jsonMode)
                .containsExactly("wrapper.yml", "web1,web2,db1", 3, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\": \"\"}",
                "{\"name\": \"debug: {msg: x}\"}",
                "{\"name\": \"{{ x }}\"}",
                "{\"name\": \"debug\\n      when\"}",
                "{\"name\": \"debug\", \"module_args\": [1]}",
                "{\"name\": \"debug\", \"copy_files\": true}"
            })
    void refusesWrongArguments(String arguments) {
        assertThatThrownBy(() -> decode(arguments))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("run_module: ");
    }

    private AnsibleAction decode(String arguments) {
        return (AnsibleAction) catalogue.decode("run_module", JsonText.ofString(arguments));
    }
}
