// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.Plugin;
import java.util.List;

/** Adds the actions of {@link ControllerAction}. They borrow a {@link Controller}. */
public final class ControllerPlugin implements Plugin {
    @Override
    public List<Class<? extends Action>> actions() {
        return List.of(ControllerAction.class);
    }
}
