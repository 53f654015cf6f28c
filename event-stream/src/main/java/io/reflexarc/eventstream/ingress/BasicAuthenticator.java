// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.StreamCredential;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** HTTP Basic (RFC 7617) in UTF-8. */
record BasicAuthenticator(StreamCredential.Basic credential) implements Authenticator {
    @Override
    public Verdict judge(MultiMap headers, Buffer body) {
        if (!headers.contains(header())) {
            return Verdict.MISSING;
        }
        String expected = credential.username() + ":" + credential.password().reveal();
        return Authenticator.proof(headers, header())
                        .flatMap(BasicAuthenticator::pair)
                        .filter(pair -> Authenticator.same(expected, pair))
                        .isPresent()
                ? Verdict.ACCEPTED
                : Verdict.WRONG;
    }

    private static Optional<String> pair(String value) {
        try {
            byte[] decoded = Base64.getDecoder().decode(Authenticator.withoutScheme(value, "Basic"));
            return Optional.of(new String(decoded, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String header() {
        return "Authorization";
    }

    @Override
    public String challenge() {
        return "Basic realm=\"event stream\", charset=\"UTF-8\"";
    }
}
