// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.account;

import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Users, and the refresh tokens given to them (kept as SHA-256 hashes). */
public interface AccountStore {
    /** By name. */
    Future<Optional<User>> find(String username);

    /** By number. */
    Future<Optional<User>> find(long id);

    /** Creates a user; {@code CONFLICT} when the name is taken. */
    Future<User> create(String username, Role role, String passwordHash);

    /** Users by name; filter {@code name}: part of it. */
    Future<Page<User>> list(PageRequest page);

    /**
     * Gives a user another role; all tokens of the user become void. {@code NOT_FOUND} without the user, {@code CONFLICT} when
     * nobody would be left to administer the site.
     */
    Future<User> role(long user, Role role);

    /** Removes a user; {@code NOT_FOUND} and {@code CONFLICT} as for {@link #role}. */
    Future<Void> delete(long user);

    /** Sets a password; all tokens of the user become void. */
    Future<Void> password(long user, String passwordHash);

    /** Remembers a refresh token of a family; using one again later revokes its family. */
    Future<Void> remember(String tokenHash, UUID family, long user, Instant until);

    /** Uses a refresh token once; empty when unknown, expired or revoked. A second use revokes the family. */
    Future<Optional<Redeemed>> redeem(String tokenHash);

    /** Ends a family, on log out. */
    Future<Void> revoke(UUID family);

    /**
     * A refresh token that was good.
     *
     * @param family to which the next token belongs
     * @param user whose it is
     */
    record Redeemed(UUID family, User user) {}
}
