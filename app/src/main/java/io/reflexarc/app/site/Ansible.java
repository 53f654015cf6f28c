// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.plugins.ansible.AnsibleConfig;
import java.util.HashMap;
import java.util.Map;

/** Where Ansible is, as configured or found on the PATH. */
final class Ansible {
    private Ansible() {}

    /** Playbooks see the PATH and the home of this process, and nothing else of its environment. */
    static AnsibleConfig config(AppConfig.Ansible config, Map<String, String> environment) {
        Map<String, String> seen = new HashMap<>(AnsibleConfig.PLAIN_ENVIRONMENT);
        for (String name : new String[] {"PATH", "HOME"}) {
            String value = environment.get(name);
            if (value != null) {
                seen.put(name, value);
            }
        }
        return new AnsibleConfig(
                config.runner().orElseGet(() -> AnsibleConfig.runnerIn(seen.getOrDefault("PATH", ""))),
                config.playbooks(),
                seen);
    }
}
