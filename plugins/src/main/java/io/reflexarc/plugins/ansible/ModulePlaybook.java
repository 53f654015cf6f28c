// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reflexarc.core.json.JsonText;

/**
 * The playbook that runs one module: ansible-runner's own ad-hoc mode would not tell the module's result as data. The module's
 * arguments and the hosts may come from an event and are data to Ansible; the second task is ours and the only template.
 */
final class ModulePlaybook {
    /** Its name in the project directory. */
    static final String FILE = "wrapper.yml";

    /** The variable that holds the module's result. */
    static final String RESULT = "module_result";

    private ModulePlaybook() {}

    static String of(RunModule module, String limit) {
        JsonNode arguments = module.moduleArgs().orElse(JsonText.EMPTY_OBJECT).tree();
        return """
                - name: wrapper
                  hosts: %s
                  gather_facts: false
                  tasks:
                    - name: Module wrapper
                      %s: %s
                      register: %s
                    - name: save result
                      ansible.builtin.set_fact:
                        %s: "{{ %s }}"
                """.formatted(
                        UnsafeYaml.of(TextNode.valueOf(limit)).strip(),
                        module.name(),
                        UnsafeYaml.of(arguments).strip(),
                        RESULT,
                        RESULT,
                        RESULT);
    }
}
