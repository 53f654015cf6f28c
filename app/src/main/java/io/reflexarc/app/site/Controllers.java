// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.plugins.controller.ControllerConfig;

/** The automation controller, as configured. */
final class Controllers {
    private Controllers() {}

    static ControllerConfig config(AppConfig.Controller config) {
        return ControllerConfig.NONE.with(
                config.url(),
                config.token(),
                config.username(),
                config.password(),
                config.sslVerify().orElse(ControllerConfig.NONE.sslVerify()));
    }
}
