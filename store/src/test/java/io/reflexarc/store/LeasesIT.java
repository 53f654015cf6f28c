// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.activation.Leases;
import io.reflexarc.core.activation.Placement;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who runs what. */
@SuppressWarnings("NullAway.Init")
class LeasesIT {
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static TestStore server;
    private static Leases leases;
    private Activation activation;

    @BeforeAll
    static void open() {
        server = new TestStore();
        leases = server.store.leases();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void anActivation() {
        activation = server.activation();
    }

    private Optional<Lease> claim(String owner) {
        return await(leases.claim(activation.id(), owner, LENGTH));
    }

    private void expire() {
        server.database.execute(
                "update leases set until = now() - interval '1 second' where activation_id = " + activation.id());
    }

    @Test
    void theEpochGrowsWithEachClaimAndReachesTheInbox() {
        Lease first = claim("one").orElseThrow();
        expire();
        Lease second = claim("two").orElseThrow();

        assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
        assertThat(await(server.store.decisions().progress(InboxId.of(activation.id())))
                        .epoch())
                .isEqualTo(second.epoch());
    }

    @Test
    void aGoodLeaseCannotBeClaimed() {
        Lease first = claim("one").orElseThrow();

        assertThat(claim("two")).isEmpty();
        assertThat(await(leases.renew(first, LENGTH))).isTrue();
    }

    @Test
    void aLostLeaseCannotBeRenewed() {
        Lease first = claim("one").orElseThrow();
        expire();
        claim("two");

        assertThat(await(leases.renew(first, LENGTH))).isFalse();
    }

    @Test
    void aRenewedLeaseIsGoodAgain() {
        Lease first = claim("one").orElseThrow();
        expire();

        assertThat(await(leases.renew(first, LENGTH))).isTrue();
        assertThat(claim("two")).isEmpty();
    }

    @Test
    void aReleasedLeaseIsFreeAtOnceAndGoneForItsOwner() {
        Lease first = claim("one").orElseThrow();
        await(leases.release(first));

        assertThat(await(leases.renew(first, LENGTH))).isFalse();
        assertThat(claim("two")).isPresent();
    }

    @Test
    void anOldOwnerCannotReleaseTheLeaseOfTheNewOne() {
        Lease first = claim("one").orElseThrow();
        expire();
        Lease second = claim("one").orElseThrow();

        await(leases.release(first));

        assertThat(await(leases.renew(second, LENGTH))).isTrue();
    }

    @Test
    void ofManyThatClaimAtOnceOneGetsTheLease() {
        List<Future<Optional<Lease>>> claims = IntStream.range(0, 8)
                .mapToObj(i -> leases.claim(activation.id(), "owner " + i, LENGTH))
                .toList();

        assertThat(claims.stream().map(TestStore::await).flatMap(Optional::stream))
                .hasSize(1);
    }

    @Test
    void anUnknownActivationCannotBeClaimed() {
        assertThat(await(leases.claim(new ActivationId(1_000_000), "one", LENGTH)))
                .isEmpty();
    }

    @Test
    void oneLeadsUntilItStopsSayingSo() {
        assertThat(await(leases.lead("scheduler", "one", LENGTH))).isTrue();
        assertThat(await(leases.lead("scheduler", "two", LENGTH))).isFalse();
        assertThat(await(leases.lead("scheduler", "one", LENGTH))).isTrue();
        assertThat(await(leases.lead("other work", "two", LENGTH))).isTrue();

        server.database.execute("update leaders set until = now() - interval '1 second' where work = 'scheduler'");
        assertThat(await(leases.lead("scheduler", "two", LENGTH))).isTrue();
        assertThat(await(leases.lead("scheduler", "one", LENGTH))).isFalse();
    }

    @Test
    void processesThatRunActivationsSeeEachOtherAndWhoHasWhat() {
        await(leases.attend("left", LENGTH));
        await(leases.attend("dead", LENGTH));
        server.database.execute("update attendants set until = now() - interval '1 second' where process = 'dead'");
        await(leases.leave("left"));
        await(leases.attend("beside", LENGTH));
        claim("beside");
        Activation expired = server.activation();
        await(leases.claim(expired.id(), "dead", LENGTH));
        server.database.execute(
                "update leases set until = now() - interval '1 second' where activation_id = " + expired.id());

        Placement seen = await(leases.attend("here", LENGTH));

        assertThat(seen.processes()).contains("here", "beside").doesNotContain("left", "dead");
        assertThat(seen.owners()).containsEntry(activation.id(), "beside").doesNotContainKey(expired.id());
    }
}
