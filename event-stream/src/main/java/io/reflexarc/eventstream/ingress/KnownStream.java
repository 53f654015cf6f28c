// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.EventStream;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;

/**
 * A stream with what its requests need, made once for as long as it is cached.
 *
 * @param stream as configured
 * @param authenticator made from its credential
 * @param older made from the credential before, while that is good
 * @param decoder made from its type
 */
record KnownStream(EventStream stream, Authenticator authenticator, Optional<Older> older, Decoder decoder) {
    static KnownStream of(EventStream stream) {
        return new KnownStream(
                stream,
                Authenticator.of(stream.credential()),
                stream.previous().map(old -> new Older(Authenticator.of(old.credential()), old.until())),
                Decoder.of(stream.type()));
    }

    /** Judges by the credential, and by the one before it while that is good. */
    Authenticator.Verdict judge(MultiMap headers, Buffer body, Instant now) {
        Authenticator.Verdict verdict = authenticator.judge(headers, body);
        return verdict != Authenticator.Verdict.ACCEPTED
                        && older.filter(old -> now.isBefore(old.until()))
                                .filter(old ->
                                        old.authenticator().judge(headers, body) == Authenticator.Verdict.ACCEPTED)
                                .isPresent()
                ? Authenticator.Verdict.ACCEPTED
                : verdict;
    }

    /** Whether a header proves who sent a request: it is kept nowhere. */
    boolean proves(String header) {
        return header.equalsIgnoreCase(authenticator.header())
                || older.filter(old ->
                                header.equalsIgnoreCase(old.authenticator().header()))
                        .isPresent();
    }

    /**
     * A credential that was replaced.
     *
     * @param authenticator made from it
     * @param until it is good before this time
     */
    record Older(Authenticator authenticator, Instant until) {}
}
