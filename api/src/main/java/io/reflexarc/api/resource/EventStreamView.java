// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamLimits;
import io.reflexarc.core.event.StreamType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event stream as the API shows it.
 *
 * @param id number
 * @param uuid identity in the URL
 * @param name unique
 * @param eventStreamType who sends
 * @param credential how senders prove themselves; secrets masked
 * @param url where senders post
 * @param enabled whether it takes events
 * @param eventsReceived so far
 * @param lastEventReceivedAt newest event
 * @param createdAt when it was made
 * @param limits how much it takes; what is null is as the ingress is configured
 * @param previousGoodUntil until when the secret before the last rotation is good; null when none is
 * @param generatedSecret shown once, in the answer that made it
 */
public record EventStreamView(
        long id,
        UUID uuid,
        String name,
        StreamType eventStreamType,
        CredentialView credential,
        String url,
        boolean enabled,
        long eventsReceived,
        Optional<Instant> lastEventReceivedAt,
        Instant createdAt,
        StreamLimits limits,
        Optional<Instant> previousGoodUntil,
        Optional<String> generatedSecret) {

    static EventStreamView of(EventStream stream, String baseUrl, Optional<String> generatedSecret) {
        return new EventStreamView(
                stream.id(),
                stream.uuid().value(),
                stream.name(),
                stream.type(),
                CredentialView.of(stream.credential()),
                baseUrl + "/event-streams/" + stream.uuid(),
                stream.enabled(),
                stream.eventsReceived(),
                stream.lastEventAt(),
                stream.createdAt(),
                stream.limits(),
                stream.previous().map(EventStream.Previous::until),
                generatedSecret);
    }

    /**
     * A credential without its secret.
     *
     * @param kind {@code token}, {@code basic} or {@code hmac}
     * @param secret always masked
     * @param username of {@code basic}
     * @param header that carries token or signature
     * @param algorithm of {@code hmac}
     * @param encoding of {@code hmac}
     * @param prefix of {@code hmac}
     */
    public record CredentialView(
            CredentialKind kind,
            String secret,
            Optional<String> username,
            Optional<String> header,
            Optional<String> algorithm,
            Optional<String> encoding,
            Optional<String> prefix) {
        static CredentialView of(StreamCredential credential) {
            Optional<String> none = Optional.empty();
            return switch (credential) {
                case StreamCredential.Token token ->
                    new CredentialView(
                            CredentialKind.TOKEN, Secret.MASK, none, Optional.of(token.header()), none, none, none);
                case StreamCredential.Basic basic ->
                    new CredentialView(
                            CredentialKind.BASIC, Secret.MASK, Optional.of(basic.username()), none, none, none, none);
                case StreamCredential.Hmac hmac ->
                    new CredentialView(
                            CredentialKind.HMAC,
                            Secret.MASK,
                            none,
                            Optional.of(hmac.header()),
                            Optional.of(hmac.algorithm()),
                            Optional.of(hmac.encoding()),
                            Optional.of(hmac.prefix()));
            };
        }
    }
}
