// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.PemTrustOptions;
import java.util.Locale;
import java.util.Set;

/** How {@code ansible-rulebook} writes which certificates of a server count: {@code yes}, {@code no}, or a file of authorities. */
public final class ServerTrust {
    private ServerTrust() {}

    /** Sets it; {@code false} when every certificate is taken, so that its name is not to be checked either. */
    public static boolean apply(ClientOptionsBase options, String written) {
        String how = written.strip();
        String lower = how.toLowerCase(Locale.ROOT);
        if (Set.of("no", "false").contains(lower)) {
            options.setTrustAll(true);
            return false;
        }
        if (!Set.of("yes", "true", "").contains(lower)) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(how));
        }
        return true;
    }
}
