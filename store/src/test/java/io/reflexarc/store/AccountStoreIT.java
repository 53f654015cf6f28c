// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.account.AccountStore;
import io.reflexarc.core.account.AccountStore.Redeemed;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.account.User;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users and the tokens given to them. */
@SuppressWarnings("NullAway.Init")
class AccountStoreIT {
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Sample.NOON);
    private static TestStore server;
    private static AccountStore accounts;
    private static int users;
    private User user;
    private UUID family;

    @BeforeAll
    static void open() {
        server = new TestStore(NOW::get);
        accounts = server.store.accounts();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void aUser() {
        NOW.set(Sample.NOON);
        user = await(accounts.create("user " + ++users, Role.OPERATOR, "hash"));
        family = new UUID(7, users);
    }

    private String remembered(String name) {
        String hash = name + " of " + user.username();
        await(accounts.remember(hash, family, user.id(), Sample.NOON.plus(Duration.ofDays(7))));
        return hash;
    }

    @Test
    void aUserIsFoundByNameAndByNumber() {
        assertThat(await(accounts.find(user.username()))).contains(user);
        assertThat(await(accounts.find(user.id()))).contains(user);
        assertThat(await(accounts.find("nobody"))).isEmpty();
        assertThat(user.role()).isEqualTo(Role.OPERATOR);
    }

    @Test
    void aNameIsTakenOnce() {
        assertThatThrownBy(() -> await(accounts.create(user.username(), Role.ADMIN, "hash")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(user.username());
    }

    @Test
    void anotherRoleVoidsTheTokens() {
        String token = remembered("token");

        User changed = await(accounts.role(user.id(), Role.VIEWER));

        assertThat(changed.role()).isEqualTo(Role.VIEWER);
        assertThat(changed.generation()).isGreaterThan(user.generation());
        assertThat(await(accounts.redeem(token))).isEmpty();
        assertThat(await(accounts.list(new PageRequest(1, 10, Map.of("name", user.username()))))
                        .items())
                .contains(changed);
    }

    @Test
    void anAdminIsAlwaysLeft() {
        User first = await(accounts.create("admin one", Role.ADMIN, "hash"));
        User second = await(accounts.create("admin two", Role.ADMIN, "hash"));
        await(accounts.delete(second.id()));

        assertThatThrownBy(() -> await(accounts.delete(first.id()))).hasMessageContaining("only admin");
        assertThatThrownBy(() -> await(accounts.role(first.id(), Role.VIEWER))).hasMessageContaining("only admin");
        assertThatThrownBy(() -> await(accounts.delete(second.id()))).hasMessageContaining("no user");
        assertThat(await(accounts.find(first.id()))).contains(first);
    }

    @Test
    void aTokenIsGoodOnce() {
        String token = remembered("token");

        assertThat(await(accounts.redeem(token))).contains(new Redeemed(family, user));
        assertThat(await(accounts.redeem(token))).isEmpty();
    }

    @Test
    void aTokenThatIsUsedAgainRevokesItsFamily() {
        String stolen = remembered("stolen");
        await(accounts.redeem(stolen));
        String next = remembered("next");

        await(accounts.redeem(stolen));

        assertThat(await(accounts.redeem(next))).isEmpty();
    }

    @Test
    void anUnknownTokenRevokesNothing() {
        String token = remembered("token");

        assertThat(await(accounts.redeem("guess"))).isEmpty();

        assertThat(await(accounts.redeem(token))).isPresent();
    }

    @Test
    void anExpiredTokenIsNoGood() {
        String token = remembered("token");
        NOW.set(Sample.NOON.plus(Duration.ofDays(7)));

        assertThat(await(accounts.redeem(token))).isEmpty();
    }

    @Test
    void loggingOutEndsTheFamily() {
        String token = remembered("token");

        await(accounts.revoke(family));

        assertThat(await(accounts.redeem(token))).isEmpty();
    }

    @Test
    void aNewPasswordVoidsTokensAndRaisesTheGeneration() {
        String token = remembered("token");

        await(accounts.password(user.id(), "other hash"));

        User changed = await(accounts.find(user.id())).orElseThrow();
        assertThat(changed.passwordHash()).isEqualTo("other hash");
        assertThat(changed.generation()).isEqualTo(user.generation() + 1);
        assertThat(await(accounts.redeem(token))).isEmpty();
    }

    @Test
    void ofManyThatRedeemOneTokenAtOnceOneSucceedsAndTheFamilyIsRevoked() {
        String token = remembered("token");
        String other = remembered("other");

        List<Future<Optional<Redeemed>>> attempts =
                IntStream.range(0, 8).mapToObj(i -> accounts.redeem(token)).toList();

        assertThat(attempts.stream().map(TestStore::await).flatMap(Optional::stream))
                .hasSize(1);
        assertThat(await(accounts.redeem(other))).isEmpty();
    }
}
