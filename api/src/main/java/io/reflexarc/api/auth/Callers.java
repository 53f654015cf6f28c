// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.auth;

import io.reflexarc.core.account.AccountStore;
import io.reflexarc.core.account.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is behind a token. The user is read from the store, at most a few seconds late, so that a changed role or password
 * counts at once and not when the token ends. Belongs to one context, on virtual threads.
 */
public final class Callers {
    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final int MAX_KNOWN = 1_000;

    private final AccountStore accounts;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Map<Long, Known> known = new LinkedHashMap<>();

    /** Asks this store. */
    public Callers(AccountStore accounts, Tokens tokens, InstantSource clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The user of an {@code Authorization} header; empty when the header or its token is no good. Awaits. */
    public Optional<User> ofHeader(String header) {
        if (!header.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
            return Optional.empty();
        }
        return tokens.readAccess(header.substring("Bearer ".length()).trim())
                .await()
                .flatMap(this::of);
    }

    /** The user of claims, as long as the password is the one of the token. Awaits. */
    public Optional<User> of(Tokens.Claims claims) {
        return user(claims.user()).filter(one -> one.generation() == claims.generation());
    }

    private Optional<User> user(long id) {
        Instant now = clock.instant();
        Known last = known.get(id);
        if (last != null && now.isBefore(last.until)) {
            return Optional.of(last.user);
        }
        // Awaited, so that the map below is only touched by the context that it belongs to.
        Optional<User> found = accounts.find(id).await();
        known.remove(id);
        if (known.size() >= MAX_KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
        found.ifPresent(user -> known.put(id, new Known(user, now.plus(FRESH))));
        return found;
    }

    private record Known(User user, Instant until) {}
}
