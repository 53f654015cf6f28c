// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import io.reflexarc.core.json.JsonText;

/**
 * What ansible-runner is told of a run.
 *
 * @param playbook as the action names it; {@code wrapper.yml} for a module
 * @param extraVars variables, a JSON object, always with {@code ansible_eda}
 * @param limit hosts or patterns of hosts, with commas between them
 * @param verbosity 0 to 5
 * @param jsonMode print Ansible's events as JSON instead of its text
 */
public record AnsibleCall(String playbook, JsonText extraVars, String limit, int verbosity, boolean jsonMode) {}
