// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.StreamCredential;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** A shared token: as {@code Authorization: Bearer …}, or alone in a header of its own. */
record TokenAuthenticator(StreamCredential.Token credential) implements Authenticator {
    @Override
    public Verdict judge(MultiMap headers, Buffer body) {
        if (!headers.contains(header())) {
            return Verdict.MISSING;
        }
        return Authenticator.proof(headers, header())
                        .map(value -> Authenticator.withoutScheme(value, "Bearer"))
                        .filter(token -> Authenticator.same(credential.token().reveal(), token))
                        .isPresent()
                ? Verdict.ACCEPTED
                : Verdict.WRONG;
    }

    @Override
    public String header() {
        return credential.header();
    }

    @Override
    public String challenge() {
        return "Bearer realm=\"event stream\"";
    }
}
