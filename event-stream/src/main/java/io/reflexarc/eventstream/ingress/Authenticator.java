// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.StreamCredential;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Step 2 of the path of an event: tells whether a request comes from who may send to the stream. Looks at the raw body,
 * before anything has parsed it; compares in constant time. One instance serves one event loop.
 */
sealed interface Authenticator permits TokenAuthenticator, BasicAuthenticator, HmacAuthenticator {
    /** Longest proof that is looked at. */
    int MAX_PROOF = 1_024;

    /** The authenticator for a credential. */
    static Authenticator of(StreamCredential credential) {
        return switch (credential) {
            case StreamCredential.Token token -> new TokenAuthenticator(token);
            case StreamCredential.Basic basic -> new BasicAuthenticator(basic);
            case StreamCredential.Hmac hmac -> new HmacAuthenticator(hmac);
        };
    }

    /** Judges one request. */
    Verdict judge(MultiMap headers, Buffer body);

    /** The header that carries the proof; no event keeps it. */
    String header();

    /** What {@code WWW-Authenticate} asks for. */
    String challenge();

    /** How a request was judged. */
    enum Verdict {
        ACCEPTED,
        MISSING,
        WRONG
    }

    /** The one value of a header. A header that stands twice proves nothing. */
    static Optional<String> proof(MultiMap headers, String name) {
        List<String> values = headers.getAll(name);
        if (values.size() != 1 || values.getFirst().length() > MAX_PROOF) {
            return Optional.empty();
        }
        return Optional.of(values.getFirst().strip()).filter(value -> !value.isEmpty());
    }

    /** What follows a scheme such as {@code Bearer}; the value itself when it names no scheme. */
    static String withoutScheme(String value, String scheme) {
        int length = scheme.length();
        boolean named = value.length() > length
                && value.regionMatches(true, 0, scheme, 0, length)
                && value.charAt(length) == ' ';
        return named ? value.substring(length + 1).strip() : value;
    }

    /** Compares without telling by its time how much is equal. */
    static boolean same(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }
}
