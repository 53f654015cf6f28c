// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.source.Source;
import java.util.List;

/** Adds {@link HttpAction} and {@link HttpSource}. They borrow an {@link io.reflexarc.plugins.outbound.OutboundHttp}. */
public final class HttpPlugin implements Plugin {
    @Override
    public List<Class<? extends Action>> actions() {
        return List.of(HttpAction.class);
    }

    @Override
    public List<Class<? extends Source>> sources() {
        return List.of(HttpSource.class);
    }
}
