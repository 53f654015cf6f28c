// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.ActivationVersions;
import io.reflexarc.core.activation.Commit;
import io.reflexarc.core.activation.DecisionLog.Result;
import io.reflexarc.core.activation.Snapshot;
import io.reflexarc.core.activation.VersionChange;
import io.reflexarc.core.activation.VersionChange.Fate;
import io.reflexarc.core.activation.VersionChange.RuleChange;
import io.reflexarc.core.activation.VersionChange.State;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.rulebook.RulebookStore.Origin;
import io.reflexarc.core.rulebook.RulebookVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions of rulebooks, and which of them decided when. */
@SuppressWarnings("NullAway.Init")
class ActivationVersionsIT {
    private static final PageRequest ALL = new PageRequest(1, 50, Map.of());
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Position ENTRY = new Position(7, 1);
    private static TestStore server;
    private static ActivationVersions versions;
    private static RulebookStore rulebooks;
    private Activation activation;
    private RulebookVersion second;

    @BeforeAll
    static void open() {
        server = new TestStore();
        versions = server.store.activationVersions();
        rulebooks = server.store.rulebooks();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void makeAnActivation() {
        activation = server.activation();
        long published = await(rulebooks.publish(
                        activation.rulebookId(), "- name: second", 1, new Origin("nora", "less noise")))
                .version();
        second = await(rulebooks.version(published)).orElseThrow();
    }

    private static VersionChange change(RulebookVersion version, State state, RuleChange... rules) {
        Optional<Instant> live = state == State.LIVE ? Optional.of(AT) : Optional.empty();
        return new VersionChange(version.id(), version.number(), ENTRY, state, "nora", AT, live, "", List.of(rules));
    }

    private Commit commit(long epoch, VersionChange change) {
        return new Commit(
                InboxId.of(activation.id()),
                epoch,
                Position.START,
                ENTRY,
                List.of(),
                List.of(),
                Optional.of(new Snapshot(ENTRY, "session/1", JsonText.EMPTY_OBJECT)),
                0,
                Optional.of(change));
    }

    private long claim() {
        return await(server.store.leases().claim(activation.id(), "one", Duration.ofMinutes(5)))
                .orElseThrow()
                .epoch();
    }

    private Activation found() {
        return await(server.store.activations().find(activation.id())).orElseThrow();
    }

    @Test
    void aVersionKnowsItsAuthorAndIsFoundByItsNumber() {
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.createdBy()).isEqualTo("nora");
        assertThat(second.message()).isEqualTo("less noise");
        assertThat(await(rulebooks.version(activation.rulebookId(), 2))).contains(second);
        assertThat(await(rulebooks.version(activation.rulebookId(), 3))).isEmpty();
        assertThat(await(rulebooks.versions(activation.rulebookId(), ALL)).items())
                .extracting(RulebookVersion::number)
                .containsExactly(2, 1);
    }

    @Test
    void whoStartedFromAVersionThatIsNotTheNewestAnyMorePublishesNothing() {
        assertThatThrownBy(() -> await(rulebooks.publish(activation.rulebookId(), "- name: third", 1, Origin.UNKNOWN)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT))
                .hasMessageContaining("version 2 was made since version 1");
        assertThat(await(rulebooks.find(activation.rulebookId())).orElseThrow().versionNumber())
                .isEqualTo(2);
    }

    @Test
    void theSameTextIsNoNewVersion() {
        assertThat(await(rulebooks.publish(activation.rulebookId(), "- name: second", 2, Origin.UNKNOWN))
                        .versionNumber())
                .isEqualTo(2);
    }

    @Test
    void theCommitThatPutsAVersionLiveChangesTheActivationWithIt() {
        RuleChange lost = new RuleChange("set", "join", Fate.CHANGED, 2, 1, List.of("a", "b"));

        assertThat(await(server.store.decisions().commit(commit(claim(), change(second, State.LIVE, lost)))))
                .isEqualTo(Result.COMMITTED);

        assertThat(found().rulebookVersion()).isEqualTo(second.id());
        assertThat(await(server.store.decisions().progress(InboxId.of(activation.id())))
                        .version())
                .contains(second.id());
        assertThat(await(versions.find(activation.id(), ENTRY))).contains(change(second, State.LIVE, lost));
        assertThat(await(versions.list(activation.id(), ALL)).items())
                .extracting(VersionChange::number)
                .containsExactly(2, 1);
    }

    @Test
    void aRefusedVersionIsWrittenDownAndChangesNothing() {
        await(server.store.decisions().commit(commit(claim(), change(second, State.REFUSED))));

        assertThat(found().rulebookVersion()).isEqualTo(activation.rulebookVersion());
        assertThat(await(versions.find(activation.id(), ENTRY))).contains(change(second, State.REFUSED));
    }

    @Test
    void aRequestIsShownUntilItsOwnerHasDecidedIt() {
        await(versions.requested(activation.id(), change(second, State.WAITING)));
        assertThat(await(versions.find(activation.id(), ENTRY))).contains(change(second, State.WAITING));

        await(server.store.decisions().commit(commit(claim(), change(second, State.LIVE))));
        await(versions.requested(activation.id(), change(second, State.WAITING)));

        assertThat(await(versions.find(activation.id(), ENTRY))).contains(change(second, State.LIVE));
    }

    @Test
    void onlyWhoNeverDecidedAnythingAndDoesNotRunBeginsWithAnotherVersion() {
        VersionChange first = new VersionChange(
                second.id(), 2, Position.START, State.LIVE, "nora", AT, Optional.of(AT), "", List.of());
        long epoch = claim();
        assertThat(await(versions.beginWith(activation.id(), first)))
                .as("somebody runs it")
                .isFalse();

        await(server.store.activations().enable(activation.id(), false));
        await(server.store.activations().status(activation.id(), epoch, ActivationStatus.STOPPED, ""));
        assertThat(await(versions.beginWith(activation.id(), first))).isTrue();
        assertThat(found().rulebookVersion()).isEqualTo(second.id());
        assertThat(await(server.store.decisions().commit(commit(epoch, change(second, State.LIVE)))))
                .as("whoever had read the old version")
                .isEqualTo(Result.FENCED);

        await(server.store.activations().enable(activation.id(), true));
        await(server.store.decisions().commit(commit(claim(), change(second, State.LIVE))));
        assertThat(await(versions.beginWith(activation.id(), first)))
                .as("it has decided")
                .isFalse();
    }

    @Test
    void activationsOfARulebookAreListedAndFollowUnlessAVersionWasChosen() {
        assertThat(await(versions.activations(activation.rulebookId())))
                .extracting(Activation::id)
                .contains(activation.id());
        boolean followed = found().follows();

        await(versions.follow(activation.id(), !followed));

        assertThat(found().follows()).isNotEqualTo(followed);
    }
}
