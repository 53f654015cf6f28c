// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.auth;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Constraint.Length;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.AccountStore;
import io.reflexarc.core.account.User;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log in, refresh with rotation, log out. */
public final class AuthResource implements Resource {
    private static final Logger LOGGER = LoggerFactory.getLogger(AuthResource.class);
    private static final String COOKIE = "reflexarc_refresh";
    private static final String COOKIE_PATH = "/api/auth";

    private final Vertx vertx;
    private final AccountStore accounts;
    private final Passwords passwords;
    private final Tokens tokens;
    private final InstantSource clock;
    private final LoginLimits limits;
    private final String nobody;

    /** Logs users of this store in. */
    public AuthResource(Vertx vertx, AccountStore accounts, Passwords passwords, Tokens tokens, InstantSource clock) {
        this.vertx = vertx;
        this.accounts = accounts;
        this.passwords = passwords;
        this.tokens = tokens;
        this.clock = clock;
        this.limits = new LoginLimits(clock);
        this.nobody = passwords.nobody();
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.post("/api/auth/login", "Log in with user name and password")
                        .takes(Login.class)
                        .fails(ProblemType.UNAUTHENTICATED, ProblemType.TOO_MANY_REQUESTS)
                        .open()
                        .answers(200, Session.class, this::login),
                Endpoint.post("/api/auth/refresh", "Exchange a refresh token, once, for new tokens")
                        .takes(Refresh.class)
                        .fails(ProblemType.UNAUTHENTICATED, ProblemType.FORBIDDEN)
                        .open()
                        .answers(200, Session.class, this::refresh),
                Endpoint.post("/api/auth/logout", "End the session of a refresh token")
                        .takes(Refresh.class)
                        .fails(ProblemType.FORBIDDEN)
                        .open()
                        .answersNothing(this::logout));
    }

    private Session login(Call<Login> call) {
        Login login = call.input();
        String address = call.http().request().remoteAddress().hostAddress();
        Duration wait = limits.attempt(login.username(), address);
        if (!wait.isZero()) {
            call.http().response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds() + 1));
            LOGGER.atWarn().addKeyValue("address", address).log("too many failed log ins");
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "Too many failed log ins. Try again in " + (wait.toSeconds() + 1) + " s.");
        }
        Optional<User> user = accounts.find(login.username()).await();
        // An unknown user costs the same work as a known one, so that the answer's time tells nothing.
        String hash = user.map(User::passwordHash).orElse(nobody);
        boolean good = vertx.executeBlocking(
                        () -> passwords.verify(hash, login.password().reveal()), false)
                .await();
        if (user.isEmpty() || !good) {
            LOGGER.atInfo().addKeyValue("address", address).log("log in failed");
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "User name or password is wrong.");
        }
        limits.succeeded(login.username(), address);
        LOGGER.atInfo().addKeyValue("user", user.get().username()).log("logged in");
        return session(call, user.get(), tokens.family(), login.cookie().orElse(false));
    }

    private Session refresh(Call<Refresh> call) {
        Presented presented = presented(call)
                .orElseThrow(() -> new ProblemException(ProblemType.UNAUTHENTICATED, "There is no refresh token."));
        AccountStore.Redeemed redeemed = accounts.redeem(Tokens.hash(presented.token))
                .await()
                .orElseThrow(() -> {
                    forget(call);
                    return new ProblemException(
                            ProblemType.UNAUTHENTICATED, "The refresh token is no longer good. Log in again.");
                });
        return session(call, redeemed.user(), redeemed.family(), presented.cookie);
    }

    private Nothing logout(Call<Refresh> call) {
        presented(call)
                .flatMap(presented ->
                        accounts.redeem(Tokens.hash(presented.token)).await())
                .ifPresent(redeemed -> accounts.revoke(redeemed.family()).await());
        forget(call);
        return Nothing.NOTHING;
    }

    private Session session(Call<?> call, User user, UUID family, boolean cookie) {
        String refresh = tokens.random();
        accounts.remember(
                        Tokens.hash(refresh), family, user.id(), clock.instant().plus(Tokens.REFRESH))
                .await();
        if (cookie) {
            call.http().response().addCookie(cookie(call, refresh).setMaxAge(Tokens.REFRESH.toSeconds()));
        }
        return new Session(
                tokens.access(user),
                "Bearer",
                Tokens.ACCESS.toSeconds(),
                cookie ? Optional.empty() : Optional.of(refresh));
    }

    private static void forget(Call<?> call) {
        if (call.http().request().getCookie(COOKIE) != null) {
            call.http().response().addCookie(cookie(call, "").setMaxAge(0));
        }
    }

    private static Cookie cookie(Call<?> call, String value) {
        return Cookie.cookie(COOKIE, value)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setPath(COOKIE_PATH)
                .setSecure(call.http().request().isSSL());
    }

    private static Optional<Presented> presented(Call<Refresh> call) {
        if (call.input().refreshToken().isPresent()) {
            return call.input().refreshToken().map(token -> new Presented(token.reveal(), false));
        }
        Cookie cookie = call.http().request().getCookie(COOKIE);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Optional.empty();
        }
        refuseForeignOrigin(call);
        return Optional.of(new Presented(cookie.getValue(), true));
    }

    /** A cookie is sent by the browser, not by the page: only a page of ours may make it do so. */
    private static void refuseForeignOrigin(Call<?> call) {
        String origin = call.http().request().getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !Origins.same(origin, call.http().request())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "This page may not use the session: its origin is another.");
        }
    }

    private record Presented(String token, boolean cookie) {}

    /**
     * What is needed to log in.
     *
     * @param username name
     * @param password password
     * @param cookie whether the refresh token is wanted as a cookie that scripts cannot read
     */
    public record Login(
            @Length(min = 1) String username,
            @Length(min = 1, max = 1024) Secret password,
            Optional<Boolean> cookie) {}

    /**
     * A refresh token to be used.
     *
     * @param refreshToken the token; empty when it comes as a cookie
     */
    public record Refresh(@Length(max = 1024) Optional<Secret> refreshToken) {}

    /**
     * Tokens of a session.
     *
     * @param accessToken for {@code Authorization: Bearer}
     * @param tokenType always {@code Bearer}
     * @param expiresIn seconds
     * @param refreshToken for {@code /api/auth/refresh}; empty when it was set as a cookie
     */
    public record Session(String accessToken, String tokenType, long expiresIn, Optional<String> refreshToken) {}
}
