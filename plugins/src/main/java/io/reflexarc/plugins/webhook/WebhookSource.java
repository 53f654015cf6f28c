// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.webhook;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Source;

/** Sources that are an HTTP server. */
public sealed interface WebhookSource extends Source permits Alertmanager, Webhook {
    /** A wrong argument. */
    static ProblemException wrong(String sentence) {
        return new ProblemException(ProblemType.INVALID, sentence);
    }

    /** Refuses what is no port. */
    static void requirePort(int port) {
        if (port < 0 || port > 65_535) {
            throw wrong("port is not between 0 and 65535");
        }
    }
}
