// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.account.Role;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.DraftStore;
import io.reflexarc.core.rulebook.InMemoryDraftStore;
import io.reflexarc.core.rulebook.RulebookDraft;
import io.vertx.core.Future;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Both stores of drafts hold to the same. */
class DraftStoreIT {
    @Test
    void thatInPostgresql() {
        try (TestStore server = new TestStore()) {
            DraftStore drafts = server.store.drafts();
            long rulebook = await(server.store.rulebooks().create(1, "drafted", "", "- a"))
                    .id();
            long user = await(server.store.accounts().create("ada", Role.OPERATOR, "hash"))
                    .id();
            long other = await(server.store.accounts().create("bob", Role.OPERATOR, "hash"))
                    .id();
            neverOverwrites(drafts, rulebook, user, other);
            refused(ProblemType.NOT_FOUND, drafts.save(4711, user, "x", 1, DraftStore.NO_REVISION));
            await(drafts.save(rulebook, user, "gone with its rulebook", 1, DraftStore.NO_REVISION));
            await(server.store.rulebooks().delete(rulebook));
            assertThat(await(drafts.of(user))).isEmpty();
        }
    }

    @Test
    void thatInMemory() {
        neverOverwrites(new InMemoryDraftStore(InstantSource.system()), 1, 2, 3);
    }

    private static void neverOverwrites(DraftStore drafts, long rulebook, long user, long other) {
        RulebookDraft first = await(drafts.save(rulebook, user, "first", 1, DraftStore.NO_REVISION));
        refused(ProblemType.CONFLICT, drafts.save(rulebook, user, "other tab", 1, DraftStore.NO_REVISION));
        RulebookDraft second = await(drafts.save(rulebook, user, "second", 2, first.revision()));
        refused(ProblemType.CONFLICT, drafts.save(rulebook, user, "late", 1, first.revision()));
        refused(ProblemType.CONFLICT, drafts.delete(rulebook, user, first.revision()));

        assertThat(await(drafts.find(rulebook, user)).orElseThrow().text()).isEqualTo("second");
        assertThat(await(drafts.find(rulebook, other))).isEmpty();
        assertThat(await(drafts.of(user))).containsExactly(rulebook);

        await(drafts.delete(rulebook, user, second.revision()));
        await(drafts.delete(rulebook, user, second.revision()));
        RulebookDraft anew = await(drafts.save(rulebook, user, "anew", 2, DraftStore.NO_REVISION));
        assertThat(anew.revision()).isGreaterThan(second.revision());
        await(drafts.delete(rulebook, user, anew.revision()));
    }

    private static void refused(ProblemType type, Future<?> future) {
        assertThatThrownBy(() -> await(future))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }
}
