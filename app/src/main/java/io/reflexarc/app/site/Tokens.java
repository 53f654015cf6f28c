// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import java.security.SecureRandom;
import java.util.Base64;

/** Random bearer tokens. */
final class Tokens {
    private static final int BYTES = 24;

    private Tokens() {}

    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
