// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.auth;

import io.vertx.ext.auth.hashing.HashString;
import io.vertx.ext.auth.hashing.HashingStrategy;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Hashes passwords with PBKDF2 (HMAC-SHA-512) and verifies them. Takes about a tenth of a second: not for an event loop. */
public final class Passwords {
    /** What OWASP asks of PBKDF2 with SHA-512. */
    private static final int ITERATIONS = 210_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 64;
    private static final String ALGORITHM = "pbkdf2";

    private final HashingStrategy strategy = HashingStrategy.load();
    private final SecureRandom random;
    private final int iterations;

    /** Hashes as strongly as advised. */
    public Passwords(SecureRandom random) {
        this(random, ITERATIONS);
    }

    /** Hashes with fewer rounds, for tests. */
    public Passwords(SecureRandom random, int iterations) {
        this.random = random;
        this.iterations = iterations;
    }

    /** The hash to be stored; it holds algorithm, rounds and salt. */
    public String hash(String password) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("it", Integer.toString(iterations));
        return strategy.hash(ALGORITHM, parameters, randomText(SALT_BYTES), password);
    }

    /** Whether a password belongs to a stored hash. */
    public boolean verify(String hash, String password) {
        return new HashString(hash).id().equals(ALGORITHM) && strategy.verify(hash, password);
    }

    /**
     * A hash that no password has, of the same work to check: what an unknown user is checked against. Random bytes stand
     * where the hash would, so that it costs nothing to make.
     */
    String nobody() {
        return "$" + ALGORITHM + "$it=" + iterations + "$" + randomText(SALT_BYTES) + "$" + randomText(HASH_BYTES);
    }

    private String randomText(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
