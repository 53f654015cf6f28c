// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.StreamCredential;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A keyed hash (RFC 2104) of the raw body, in the way of the credential: GitHub's and its many likenesses. */
final class HmacAuthenticator implements Authenticator {
    private final StreamCredential.Hmac credential;
    private final Mac mac;

    HmacAuthenticator(StreamCredential.Hmac credential) {
        this.credential = credential;
        try {
            String algorithm =
                    "Hmac" + credential.algorithm().toUpperCase(Locale.ROOT).replace("-", "");
            mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(credential.secret().reveal().getBytes(StandardCharsets.UTF_8), algorithm));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "a stored HMAC credential cannot be used: algorithm " + credential.algorithm(), e);
        }
    }

    @Override
    public Verdict judge(MultiMap headers, Buffer body) {
        byte[] expected = mac.doFinal(body.getBytes());
        if (!headers.contains(header())) {
            return Verdict.MISSING;
        }
        return Authenticator.proof(headers, header())
                        .filter(value -> value.startsWith(credential.prefix()))
                        .flatMap(value ->
                                digest(value.substring(credential.prefix().length())))
                        .filter(actual -> MessageDigest.isEqual(expected, actual))
                        .isPresent()
                ? Verdict.ACCEPTED
                : Verdict.WRONG;
    }

    private Optional<byte[]> digest(String text) {
        try {
            return Optional.of(
                    credential.encoding().equalsIgnoreCase("base64")
                            ? Base64.getDecoder().decode(text)
                            : HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String header() {
        return credential.header();
    }

    @Override
    public String challenge() {
        return "Signature header=\"" + header() + "\"";
    }
}
