// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Constraint.Length;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How senders shall prove themselves.
 *
 * @param kind which way
 * @param secret token, password or key; made by the server when it is left out or the mask
 * @param username of {@code basic}
 * @param header that carries token or signature
 * @param algorithm of {@code hmac}: {@code sha256} or {@code sha512}
 * @param encoding of {@code hmac}: {@code hex} or {@code base64}
 * @param prefix of {@code hmac}: text before the digest
 */
public record CredentialInput(
        CredentialKind kind,
        @Length(max = 4096) Optional<Secret> secret,
        Optional<String> username,
        Optional<String> header,
        Optional<String> algorithm,
        Optional<String> encoding,
        Optional<String> prefix) {
    private static final int MIN_SECRET = 16;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");

    /** What a stream of a type gets when nothing is asked for. */
    static CredentialInput standard(StreamType type) {
        Optional<String> none = Optional.empty();
        CredentialKind kind = type == StreamType.GITHUB ? CredentialKind.HMAC : CredentialKind.TOKEN;
        return new CredentialInput(kind, Optional.empty(), none, none, none, none, none);
    }

    /** The way of a credential, without its secret. */
    static CredentialInput like(StreamCredential credential) {
        EventStreamView.CredentialView view = EventStreamView.CredentialView.of(credential);
        return new CredentialInput(
                view.kind(),
                Optional.empty(),
                view.username(),
                view.header(),
                view.algorithm(),
                view.encoding(),
                view.prefix());
    }

    /** The secret, unless it is the mask that we show ourselves. */
    Optional<Secret> given() {
        return secret.filter(one -> !one.reveal().equals(Secret.MASK));
    }

    /** The credential with a secret that is known by now. */
    StreamCredential with(Secret known) {
        check(known);
        return switch (kind) {
            case TOKEN -> new StreamCredential.Token(known, header.orElse("Authorization"));
            case BASIC ->
                new StreamCredential.Basic(
                        username.filter(name -> !name.isBlank())
                                .orElseThrow(() -> invalid("username", "is needed for basic")),
                        known);
            case HMAC -> {
                StreamCredential.Hmac github = StreamCredential.Hmac.github(known);
                yield new StreamCredential.Hmac(
                        known,
                        algorithm.orElse(github.algorithm()),
                        header.orElse(github.header()),
                        encoding.orElse(github.encoding()),
                        prefix.orElse(github.prefix()));
            }
        };
    }

    private void check(Secret known) {
        if (known.reveal().length() < MIN_SECRET) {
            throw invalid("secret", "has at least " + MIN_SECRET + " characters; leave it out to get a strong one");
        }
        oneOf("algorithm", algorithm, List.of("sha256", "sha512"));
        oneOf("encoding", encoding, List.of("hex", "base64"));
        if (header.isPresent() && !HEADER.matcher(header.get()).matches()) {
            throw invalid("header", "is the name of an HTTP header");
        }
    }

    private static void oneOf(String field, Optional<String> value, List<String> known) {
        if (value.isPresent() && !known.contains(value.get())) {
            throw invalid(field, "is one of " + String.join(", ", known));
        }
    }

    private static ProblemException invalid(String field, String message) {
        return new ProblemException(
                ProblemType.INVALID,
                "The credential is not valid: " + field + " " + message + ".",
                List.of(new FieldError("/credential/" + field, message)));
    }
}
