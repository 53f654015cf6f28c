// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Step 4 of the path of an event: what makes two arrivals the same. A key is a kind and a hash, so that its size does not
 * depend on the sender.
 */
final class DedupeKeys {
    private static final int BYTES = 18;

    private DedupeKeys() {}

    /** The sender's own key, for each event of a request. */
    static String idempotencyKey(String key, int index) {
        return "key:" + hash(key) + (index == 0 ? "" : "#" + index);
    }

    /** GitHub's delivery; a redelivery has the same. */
    static String githubDelivery(String delivery) {
        return "delivery:" + hash(delivery);
    }

    /** One state of one alert; Alertmanager sends it again and again. */
    static String alert(String fingerprint, String startsAt, String status) {
        return "alert:" + hash(fingerprint + "\n" + startsAt + "\n" + status);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            byte[] part = Arrays.copyOf(digest, BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
