// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import io.reflexarc.core.account.AccountStore;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.account.User;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Users of a test. */
final class InMemoryAccountStore implements AccountStore {
    private final InstantSource clock;
    private final Map<Long, User> users = new TreeMap<>();
    private final Map<String, Token> tokens = new HashMap<>();
    private final Set<UUID> revoked = new HashSet<>();

    InMemoryAccountStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Future<Optional<User>> find(String username) {
        return Future.succeededFuture(users.values().stream()
                .filter(one -> one.username().equals(username))
                .findFirst());
    }

    @Override
    public Future<Optional<User>> find(long id) {
        return Future.succeededFuture(Optional.ofNullable(users.get(id)));
    }

    @Override
    public Future<User> create(String username, Role role, String passwordHash) {
        User user = new User(users.size() + 1L, 1, username, role, passwordHash, 1);
        users.put(user.id(), user);
        return Future.succeededFuture(user);
    }

    @Override
    public Future<Page<User>> list(PageRequest page) {
        return Future.succeededFuture(
                new Page<>(List.copyOf(users.values()), users.size(), page.page(), page.pageSize()));
    }

    @Override
    public Future<User> role(long id, Role role) {
        User user = users.computeIfPresent(
                id,
                (key, old) -> new User(
                        id, old.organization(), old.username(), role, old.passwordHash(), old.generation() + 1));
        return user == null ? missing(id) : Future.succeededFuture(user);
    }

    @Override
    public Future<Void> delete(long id) {
        return users.remove(id) == null ? missing(id) : Future.succeededFuture();
    }

    private static <T> Future<T> missing(long id) {
        return Future.failedFuture(new ProblemException(ProblemType.NOT_FOUND, "there is no user " + id));
    }

    @Override
    public Future<Void> password(long id, String passwordHash) {
        users.computeIfPresent(
                id,
                (key, old) -> new User(
                        id, old.organization(), old.username(), old.role(), passwordHash, old.generation() + 1));
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> remember(String tokenHash, UUID family, long user, Instant until) {
        tokens.put(tokenHash, new Token(family, user, until));
        return Future.succeededFuture();
    }

    @Override
    public Future<Optional<Redeemed>> redeem(String tokenHash) {
        Token token = tokens.get(tokenHash);
        if (token == null || !clock.instant().isBefore(token.until) || revoked.contains(token.family)) {
            return Future.succeededFuture(Optional.empty());
        }
        if (token.used) {
            revoked.add(token.family);
            return Future.succeededFuture(Optional.empty());
        }
        token.used = true;
        return Future.succeededFuture(
                Optional.of(new Redeemed(token.family, Objects.requireNonNull(users.get(token.user)))));
    }

    @Override
    public Future<Void> revoke(UUID family) {
        revoked.add(family);
        return Future.succeededFuture();
    }

    /** All that is stored of tokens. */
    Set<String> storedTokens() {
        return Set.copyOf(tokens.keySet());
    }

    private static final class Token {
        private final UUID family;
        private final long user;
        private final Instant until;
        private boolean used;

        private Token(UUID family, long user, Instant until) {
            this.family = family;
            this.user = user;
            this.until = until;
        }
    }
}
