// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.webhook;

import io.reflexarc.core.event.Secret;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How clients sign their bodies (RFC 2104).
 *
 * @param secret shared
 * @param algorithm as Python calls it, e.g. {@code sha256}
 * @param header that carries the signature, with or without {@code sha256=} before it
 * @param format {@code hex} or {@code base64}
 */
record Signature(Secret secret, String algorithm, String header, String format) {
    static final String ALGORITHM = "sha256";
    static final String HEADER = "x-hub-signature-256";
    static final String HEX = "hex";
    private static final String BASE64 = "base64";

    static void check(String algorithm, String format) {
        if (!format.equals(HEX) && !format.equals(BASE64)) {
            throw WebhookSource.wrong("hmac_format must be hex or base64");
        }
        try {
            Mac.getInstance(name(algorithm));
        } catch (NoSuchAlgorithmException e) {
            throw WebhookSource.wrong(
                    "there is no hmac_algo " + algorithm + ": write sha256, sha512 or another digest");
        }
    }

    private static String name(String algorithm) {
        return "Hmac" + algorithm.toUpperCase(Locale.ROOT).replace("_", "-");
    }

    /** Whether the header's value signs this body. */
    boolean signs(byte[] body, String value) {
        String given = value.strip();
        String bare = given.startsWith(algorithm + "=") ? given.substring(algorithm.length() + 1) : given;
        return MessageDigest.isEqual(
                expected(body).getBytes(StandardCharsets.UTF_8), bare.getBytes(StandardCharsets.UTF_8));
    }

    private String expected(byte[] body) {
        try {
            Mac mac = Mac.getInstance(name(algorithm));
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            byte[] digest = mac.doFinal(body);
            return format.equals(HEX)
                    ? HexFormat.of().formatHex(digest)
                    : Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
