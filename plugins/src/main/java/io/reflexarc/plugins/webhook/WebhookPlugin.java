// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.webhook;

import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.source.Source;
import java.util.List;

/** Adds the sources of {@link WebhookSource}. They borrow an {@link io.vertx.core.Vertx}. */
public final class WebhookPlugin implements Plugin {
    @Override
    public List<Class<? extends Source>> sources() {
        return List.of(WebhookSource.class);
    }
}
