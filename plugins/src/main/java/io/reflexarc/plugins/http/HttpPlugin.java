// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.Plugin;
import java.util.List;

/** Adds the actions of {@link HttpAction}. They borrow an {@link io.reflexarc.plugins.outbound.OutboundHttp}. */
public final class HttpPlugin implements Plugin {
    @Override
    public List<Class<? extends Action>> actions() {
        return List.of(HttpAction.class);
    }
}
