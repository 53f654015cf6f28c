// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.plugins.outbound.OutboundPolicy;

/** Where actions may connect to, as configured. */
final class Outbound {
    private Outbound() {}

    static OutboundPolicy policy(AppConfig.Outbound config) {
        return OutboundPolicy.PUBLIC_ONLY.allowing(config.allow().toArray(String[]::new));
    }
}
