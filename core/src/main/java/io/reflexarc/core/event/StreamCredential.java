// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.event;

/** How a sender proves itself to a stream. A closed choice; there is no anonymous stream. */
public sealed interface StreamCredential {
    /** Name of the kind as the API spells it: {@code token}, {@code basic}, {@code hmac}. */
    String kind();

    /**
     * A shared token, as {@code Authorization: Bearer …} or alone in another header.
     *
     * @param token the secret
     * @param header header that carries it, usually {@code Authorization}
     */
    record Token(Secret token, String header) implements StreamCredential {
        @Override
        public String kind() {
            return "token";
        }
    }

    /**
     * HTTP Basic (RFC 7617).
     *
     * @param username expected user
     * @param password expected password
     */
    record Basic(String username, Secret password) implements StreamCredential {
        @Override
        public String kind() {
            return "basic";
        }
    }

    /**
     * A keyed hash (RFC 2104) of the raw body.
     *
     * @param secret the key
     * @param algorithm {@code sha256} or {@code sha512}
     * @param header header that carries the signature, e.g. {@code X-Hub-Signature-256}
     * @param encoding {@code hex} or {@code base64}
     * @param prefix text before the digest, e.g. {@code sha256=}; may be empty
     */
    record Hmac(Secret secret, String algorithm, String header, String encoding, String prefix)
            implements StreamCredential {
        /** What GitHub sends. */
        public static Hmac github(Secret secret) {
            return new Hmac(secret, "sha256", "X-Hub-Signature-256", "hex", "sha256=");
        }

        @Override
        public String kind() {
            return "hmac";
        }
    }
}
