// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.Plugin;
import java.util.List;

/** Adds the actions of {@link AnsibleAction}. They borrow an {@link AnsibleConfig}. */
public final class AnsiblePlugin implements Plugin {
    @Override
    public List<Class<? extends Action>> actions() {
        return List.of(AnsibleAction.class);
    }
}
