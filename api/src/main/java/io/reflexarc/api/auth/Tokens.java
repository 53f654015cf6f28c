// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.auth;

import io.reflexarc.core.account.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signed tokens (RFC 7519, HS256 only): access tokens of 15 minutes and one-time tickets of 30 seconds for the WebSocket;
 * and the random refresh tokens. The clock is ours, so expiry is checked here.
 */
public final class Tokens {
    /** Life of an access token. */
    public static final Duration ACCESS = Duration.ofMinutes(15);

    /** Life of a refresh token. */
    public static final Duration REFRESH = Duration.ofDays(7);

    /** Life of a ticket. */
    public static final Duration TICKET = Duration.ofSeconds(30);

    private static final String ISSUER = "reflexarc";
    private static final int MIN_KEY_BYTES = 32;
    private static final int RANDOM_BYTES = 32;

    private final JWTAuth jwt;
    private final InstantSource clock;
    private final SecureRandom random;

    /** Signs with a key of at least 32 random bytes. */
    public Tokens(Vertx vertx, byte[] key, InstantSource clock, SecureRandom random) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException("the key that signs tokens has at least " + MIN_KEY_BYTES + " bytes");
        }
        this.clock = clock;
        this.random = random;
        this.jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(
                                new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(key)))
                        .setJWTOptions(new JWTOptions().setIgnoreExpiration(true)));
    }

    /** An access token of a user. */
    public String access(User user) {
        return sign("api", user, ACCESS);
    }

    /** A ticket with which a user may open one WebSocket. */
    public String ticket(User user) {
        return sign("live", user, TICKET);
    }

    private String sign(String audience, User user, Duration life) {
        Instant now = clock.instant();
        JsonObject claims = new JsonObject()
                .put("iss", ISSUER)
                .put("aud", audience)
                .put("sub", user.username())
                .put("uid", user.id())
                .put("role", user.role().label())
                .put("org", user.organization())
                .put("generation", user.generation())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(life).getEpochSecond())
                .put("jti", random());
        return jwt.generateToken(claims, new JWTOptions().setAlgorithm("HS256").setNoTimestamp(true));
    }

    /** What an access token says, when it is ours and still good. */
    public Future<Optional<Claims>> readAccess(String token) {
        return read("api", token);
    }

    /** What a ticket says, when it is ours and still good. That it is used once is the caller's to check. */
    public Future<Optional<Claims>> readTicket(String token) {
        return read("live", token);
    }

    private Future<Optional<Claims>> read(String audience, String token) {
        return jwt.authenticate(new TokenCredentials(token))
                .map(user ->
                        claims(audience, user.principal(), user.attributes().getJsonObject("accessToken")))
                .otherwise(Optional.empty());
    }

    private Optional<Claims> claims(String audience, JsonObject principal, @Nullable JsonObject decoded) {
        JsonObject said = decoded == null ? principal : decoded;
        boolean good = ISSUER.equals(said.getString("iss"))
                && audience.equals(said.getString("aud"))
                && said.getValue("exp") instanceof Number end
                && clock.instant().getEpochSecond() < end.longValue();
        return good
                ? Optional.of(new Claims(
                        said.getLong("uid"),
                        said.getInteger("generation"),
                        said.getString("jti"),
                        Instant.ofEpochSecond(said.getLong("exp"))))
                : Optional.empty();
    }

    /** A random UUID, version 4. */
    UUID family() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        ByteBuffer bits = ByteBuffer.wrap(bytes);
        return new UUID((bits.getLong() & ~0xf000L) | 0x4000L, (bits.getLong() & ~(3L << 62)) | (2L << 62));
    }

    /** 256 random bits, safe in URLs and headers. */
    public String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is stored of a refresh token. */
    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * What a token says that we rely on; role and name are read from the store.
     *
     * @param user number of the user
     * @param generation of the user's password
     * @param id of the token
     * @param until end of its life
     */
    public record Claims(long user, int generation, String id, Instant until) {}
}
