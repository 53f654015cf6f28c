// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static io.reflexarc.store.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.activation.ActivationStore.NewActivation;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.Lease;
import io.reflexarc.core.activation.RestartPolicy;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.event.EventStreamStore.NewStream;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamCredential.Basic;
import io.reflexarc.core.event.StreamCredential.Hmac;
import io.reflexarc.core.event.StreamCredential.Token;
import io.reflexarc.core.event.StreamLimits;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.history.FieldStatistic;
import io.reflexarc.core.history.FieldStore;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.history.StreamFields;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.rulebook.StoredRulebook;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams, rulebooks and activations. */
@SuppressWarnings("NullAway.Init")
class ConfigurationIT {
    private static TestStore server;
    private static EventStreamStore streams;
    private static RulebookStore rulebooks;
    private static ActivationStore activations;

    @BeforeAll
    static void open() {
        server = new TestStore();
        streams = server.store.eventStreams();
        rulebooks = server.store.rulebooks();
        activations = server.store.activations();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static EventStream stream(String name, StreamCredential credential) {
        return await(streams.create(new NewStream(1, name, StreamType.GENERIC, credential)));
    }

    private static Token token() {
        return new Token(new Secret("s3cret-token"), "Authorization");
    }

    private static AbstractThrowableAssert<?, ?> assertProblem(ProblemType type, Future<?> future) {
        return assertThatThrownBy(() -> await(future))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }

    @Test
    void everyKindOfCredentialComesBack() {
        List<StreamCredential> credentials =
                List.of(token(), new Basic("prometheus", new Secret("pä55")), Hmac.github(new Secret("webhook key")));
        for (StreamCredential credential : credentials) {
            EventStream made = stream("with " + credential.kind(), credential);
            assertThat(await(streams.find(made.uuid()))).contains(made);
            assertThat(await(streams.find(made.id())).orElseThrow().credential())
                    .isEqualTo(credential);
        }
    }

    @Test
    void theCredentialBeforeTheLastRotationIsKeptEncryptedUntilItIsLeftOut() throws SQLException {
        EventStream made = stream("rotated", token());
        var previous = new EventStream.Previous(made.credential(), Sample.NOON);

        await(streams.update(rotated(made, Optional.of(previous))));
        EventStream found = await(streams.find(made.uuid())).orElseThrow();
        assertThat(found.previous()).contains(previous);
        assertThat(found.credential()).isEqualTo(Hmac.github(new Secret("new")));
        try (var connection = server.database.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("select encode(previous_credential, 'escape') from event_streams where id = "
                                + made.id())) {
            rows.next();
            assertThat(rows.getString(1)).doesNotContain("s3cret");
        }

        await(streams.update(rotated(made, Optional.empty())));
        assertThat(await(streams.find(made.uuid())).orElseThrow().previous()).isEmpty();
    }

    private static EventStream rotated(EventStream made, Optional<EventStream.Previous> previous) {
        return new EventStream(
                made.id(),
                made.uuid(),
                1,
                made.name(),
                made.type(),
                Hmac.github(new Secret("new")),
                true,
                made.createdAt(),
                0,
                Optional.empty(),
                made.limits(),
                previous);
    }

    @Test
    void answersOfAStreamAddUpByStatus() {
        EventStream made = stream("answers", token());

        await(streams.answered(made.uuid(), Map.of(202, 3L, 401, 1L), Sample.NOON.plusSeconds(5)));
        await(streams.answered(made.uuid(), Map.of(202, 2L), Sample.NOON));

        assertThat(await(streams.answers(made.uuid())))
                .containsExactly(
                        new EventStreamStore.Answered(202, 5, Sample.NOON.plusSeconds(5)),
                        new EventStreamStore.Answered(401, 1, Sample.NOON.plusSeconds(5)));
    }

    @Test
    void fieldsOfAStreamAreReplacedAndGoWithIt() {
        EventStream made = stream("with fields", token());
        FieldStore fields = server.store.fields();
        Instant at = Instant.parse("2026-11-21T12:00:00Z");
        StreamFields known = new StreamFields(
                new Position(7, 1),
                3,
                List.of(new FieldStatistic(
                        "event.payload.a",
                        Map.of("string", 3L),
                        3,
                        List.of(new FieldStatistic.Sample(JsonText.of("x\u0000"), 3)),
                        at,
                        at)));

        assertThat(await(fields.read(made.uuid()))).isEqualTo(StreamFields.NONE);
        await(fields.write(RecordedStream.of(made), new StreamFields(new Position(1, 0), 1, List.of())));
        await(fields.write(RecordedStream.of(made), known));
        assertThat(await(fields.read(made.uuid()))).isEqualTo(known);
        assertThat(await(fields.latest(List.of(made.uuid(), new StreamId(new UUID(1, 1))), 5)))
                .containsExactly(known);

        await(streams.delete(made.id()));
        assertThat(await(fields.read(made.uuid()))).isEqualTo(StreamFields.NONE);
        await(fields.write(RecordedStream.of(made), known));
    }

    @Test
    void noSecretIsReadableInTheDatabase() throws SQLException {
        EventStream made = stream("secretive", token());
        try (var connection = server.database.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "select encode(credential, 'escape') from event_streams where id = " + made.id())) {
            rows.next();
            assertThat(rows.getString(1)).doesNotContain("s3cret").doesNotContain("Authorization");
        }
    }

    @Test
    void aCredentialMovedToAnotherRowIsRefused() {
        EventStream one = stream("moved from", token());
        EventStream other = stream("moved to", token());
        server.database.execute(
                "update event_streams set credential = (select credential from event_streams where id = " + one.id()
                        + ") where id = " + other.id());

        assertProblem(ProblemType.INTERNAL, streams.find(other.id())).hasMessageContaining("altered or moved");
        server.database.execute("delete from event_streams where id = " + other.id());
    }

    @Test
    void aStreamIsChangedAndCounted() {
        EventStream made = stream("to be changed", token());
        EventStream changed = await(streams.update(new EventStream(
                made.id(),
                made.uuid(),
                1,
                "changed",
                StreamType.ALERTMANAGER,
                Hmac.github(new Secret("k")),
                false,
                made.createdAt(),
                0,
                Optional.empty(),
                new StreamLimits(Optional.of(20), Optional.empty(), Optional.of(4096)))));
        await(streams.count(made.uuid(), 3, Sample.NOON.plusSeconds(5)));
        await(streams.count(made.uuid(), 2, Sample.NOON));

        EventStream found = await(streams.find(made.uuid())).orElseThrow();
        assertThat(changed.name()).isEqualTo("changed");
        assertThat(found.type()).isEqualTo(StreamType.ALERTMANAGER);
        assertThat(found.enabled()).isFalse();
        assertThat(found.credential()).isEqualTo(Hmac.github(new Secret("k")));
        assertThat(made.limits()).isEqualTo(StreamLimits.DEFAULT);
        assertThat(found.limits()).isEqualTo(new StreamLimits(Optional.of(20), Optional.empty(), Optional.of(4096)));
        assertThat(found.eventsReceived()).isEqualTo(5);
        assertThat(found.lastEventAt()).contains(Sample.NOON.plusSeconds(5));
    }

    @Test
    void namesAreTakenOnce() {
        stream("taken", token());
        await(rulebooks.create(1, "taken", "", "[]"));

        assertProblem(ProblemType.CONFLICT, streams.create(new NewStream(1, "taken", StreamType.GENERIC, token())))
                .hasMessageContaining("\"taken\"");
        assertProblem(ProblemType.CONFLICT, rulebooks.create(1, "taken", "", "[]"))
                .hasMessageContaining("\"taken\"");
        Activation made = server.activation();
        assertProblem(ProblemType.CONFLICT, activations.create(with(made, made.name(), Map.of())))
                .hasMessageContaining("\"" + made.name() + "\"");
    }

    private static NewActivation with(Activation like, String name, Map<String, StreamId> sources) {
        return new NewActivation(
                1,
                name,
                "words",
                false,
                like.rulebookId(),
                Optional.empty(),
                JsonText.ofString("{\"a\":  1.50}"),
                Optional.empty(),
                sources,
                ExecutionStrategy.PARALLEL,
                RestartPolicy.ON_FAILURE);
    }

    @Test
    void listsArePagedAndFilteredByAPartOfTheName() {
        for (int i = 0; i < 5; i++) {
            stream("paged 100%_" + i, token());
        }
        stream("paged 100xx", token());

        var page = await(streams.list(new PageRequest(2, 2, Map.of("name", "AGED 100%_"))));

        assertThat(page.count()).isEqualTo(5);
        assertThat(page.items()).extracting(EventStream::name).containsExactly("paged 100%_2", "paged 100%_3");
        assertThat(await(streams.list(new PageRequest(9, 2, Map.of("name", "paged"))))
                        .count())
                .isEqualTo(6);
    }

    @Test
    void listsAreOrderedAndACursorLeadsThroughThemOnce() {
        for (String name : List.of("ordered b", "ordered c", "ordered a")) {
            stream(name, token());
        }
        Optional<String> after = Optional.empty();
        List<String> found = new ArrayList<>();
        do {
            var page =
                    await(streams.list(new PageRequest(1, 2, Map.of("name", "ordered"), Optional.of("-name"), after)));
            page.items().forEach(one -> found.add(one.name()));
            after = page.after();
        } while (after.isPresent());

        assertThat(found).containsExactly("ordered c", "ordered b", "ordered a");
        for (String sort : List.of("last_event_at", "-events_received", "type", "created_at")) {
            assertThat(throughAll(cursor -> await(
                            streams.list(new PageRequest(1, 2, Map.of("name", "ordered"), Optional.of(sort), cursor)))))
                    .as(sort)
                    .isEqualTo(3);
        }
    }

    @Test
    void activationsAndRulebooksAreOrderedByWhatTheirListsShow() {
        server.activation();
        server.activation();
        for (String sort :
                List.of("name", "status", "-rulebook_name", "-events_seen", "restart_count", "-status_since")) {
            long all = await(activations.list(PageRequest.first())).count();
            assertThat(throughAll(after ->
                            await(activations.list(new PageRequest(1, 3, Map.of(), Optional.of(sort), after)))))
                    .as(sort)
                    .isEqualTo(all);
        }
        for (String sort : List.of("name", "-number", "-modified_at")) {
            long all = await(rulebooks.list(PageRequest.first())).count();
            assertThat(throughAll(
                            after -> await(rulebooks.list(new PageRequest(1, 3, Map.of(), Optional.of(sort), after)))))
                    .as(sort)
                    .isEqualTo(all);
        }
    }

    /** How many different rows there are behind the cursors. */
    private static long throughAll(Function<Optional<String>, Page<?>> ask) {
        Set<Object> seen = new HashSet<>();
        Optional<String> after = Optional.empty();
        int rows = 0;
        do {
            Page<?> page = ask.apply(after);
            seen.addAll(page.items());
            rows += page.items().size();
            after = page.after();
        } while (after.isPresent());
        assertThat(seen).hasSize(rows);
        return rows;
    }

    @Test
    void aRulebookGetsAVersionOnlyWhenItsTextChanges() {
        StoredRulebook first = await(rulebooks.create(1, "versions", "about", "- name: one\n"));
        StoredRulebook same = await(rulebooks.update(first.id(), "about more", "- name: one\n"));
        StoredRulebook second = await(rulebooks.update(first.id(), "about more", "- name: two\n"));

        assertThat(same.version()).isEqualTo(first.version());
        assertThat(same.description()).isEqualTo("about more");
        assertThat(second.versionNumber()).isEqualTo(2);
        assertThat(await(rulebooks.version(first.version())).map(one -> one.text()))
                .contains("- name: one\n");
        assertThat(await(rulebooks.find(first.id()))).contains(second);
        assertProblem(ProblemType.NOT_FOUND, rulebooks.update(999_999, "", "x"));
    }

    @Test
    void whatAnActivationUsesCannotBeDeleted() {
        EventStream used = stream("used", token());
        StoredRulebook rulebook = await(rulebooks.create(1, "used", "", "[]"));
        Activation like = server.activation();
        NewActivation using = new NewActivation(
                1,
                "user",
                "",
                false,
                rulebook.id(),
                Optional.of(rulebook.version()),
                JsonText.EMPTY_OBJECT,
                Optional.empty(),
                Map.of("hook", used.uuid()),
                like.strategy(),
                like.restartPolicy());
        Activation made = await(activations.create(using));

        assertProblem(ProblemType.CONFLICT, streams.delete(used.id())).hasMessageContaining("delete the activation");
        assertProblem(ProblemType.CONFLICT, rulebooks.delete(rulebook.id()));

        await(activations.delete(made.id()));
        await(streams.delete(used.id()));
        await(rulebooks.delete(rulebook.id()));
        assertThat(await(rulebooks.find(rulebook.id()))).isEmpty();
        assertProblem(ProblemType.NOT_FOUND, streams.delete(used.id()));
        assertProblem(ProblemType.NOT_FOUND, rulebooks.delete(rulebook.id()));
    }

    @Test
    void anActivationComesBackAsItWasMade() {
        EventStream one = stream("source one", token());
        EventStream two = stream("source two", token());
        StoredRulebook newer = await(rulebooks.update(server.activation().rulebookId(), "", "- name: newer"));
        NewActivation wanted = new NewActivation(
                1,
                "whole",
                "words",
                false,
                newer.id(),
                Optional.empty(),
                JsonText.ofString("{\"a\":  1.50}"),
                Optional.of("all: {}"),
                Map.of("a", one.uuid(), "b", two.uuid()),
                ExecutionStrategy.PARALLEL,
                RestartPolicy.ON_FAILURE);

        Activation made = await(activations.create(wanted));

        assertThat(made.rulebookVersion()).isEqualTo(newer.version());
        assertThat(made.variables()).isEqualTo(wanted.variables());
        assertThat(made.inventory()).isEqualTo(wanted.inventory());
        assertThat(made.sources()).isEqualTo(wanted.sources());
        assertThat(made.strategy()).isEqualTo(ExecutionStrategy.PARALLEL);
        assertThat(made.restartPolicy()).isEqualTo(RestartPolicy.ON_FAILURE);
        assertThat(made.status()).isEqualTo(ActivationStatus.STOPPED);
        assertThat(await(activations.find(made.id()))).contains(made);
    }

    @Test
    void anActivationNeedsARulebookAndStreamsThatExist() {
        Activation like = server.activation();
        StreamId nowhere = new StreamId(new java.util.UUID(1, 2));

        assertProblem(ProblemType.INVALID, activations.create(with(like, "astray", Map.of("x", nowhere))))
                .hasMessageContaining("stream");
        NewActivation noVersion = new NewActivation(
                1,
                "astray",
                "",
                true,
                like.rulebookId(),
                Optional.of(999_999L),
                JsonText.EMPTY_OBJECT,
                Optional.empty(),
                Map.of(),
                like.strategy(),
                like.restartPolicy());
        assertProblem(ProblemType.INVALID, activations.create(noVersion)).hasMessageContaining("rulebook");
        assertThat(await(activations.list(new PageRequest(1, 5, Map.of("name", "astray"))))
                        .count())
                .isZero();
    }

    @Test
    void theSwitchSetsPendingStoppingOrStopped() {
        Activation made = server.activation();
        assertThat(made.status()).isEqualTo(ActivationStatus.PENDING);
        assertThat(await(activations.enabled())).contains(made);

        assertThat(await(activations.enable(made.id(), false)).status()).isEqualTo(ActivationStatus.STOPPED);
        assertThat(await(activations.enable(made.id(), true)).status()).isEqualTo(ActivationStatus.PENDING);
        claim(made);
        assertThat(await(activations.enable(made.id(), false)).status()).isEqualTo(ActivationStatus.STOPPING);
        assertThat(await(activations.enabled())).extracting(Activation::id).doesNotContain(made.id());
        assertProblem(ProblemType.NOT_FOUND, activations.enable(new ActivationId(999_999), true));
    }

    private static Lease claim(Activation activation) {
        return await(server.store.leases().claim(activation.id(), "owner", Duration.ofMinutes(5)))
                .orElseThrow();
    }

    @Test
    void onlyTheOwnerSaysWhatAnActivationDoes() {
        Activation made = server.activation();
        Lease lease = claim(made);

        assertThat(await(activations.status(made.id(), lease.epoch(), ActivationStatus.RUNNING, "since now")))
                .isTrue();
        assertThat(await(activations.status(made.id(), lease.epoch() - 1, ActivationStatus.FAILED, "late")))
                .isFalse();

        Activation found = await(activations.find(made.id())).orElseThrow();
        assertThat(found.status()).isEqualTo(ActivationStatus.RUNNING);
        assertThat(found.statusMessage()).isEqualTo("since now");
        assertThat(await(activations.list(new PageRequest(1, 50, Map.of("status", "running"))))
                        .items())
                .contains(found);
    }

    @Test
    void aStartAfterAFaultIsARestart() {
        Activation made = server.activation();
        long epoch = claim(made).epoch();
        for (ActivationStatus status : List.of(
                ActivationStatus.STARTING,
                ActivationStatus.RUNNING,
                ActivationStatus.FAILED,
                ActivationStatus.STARTING)) {
            await(activations.status(made.id(), epoch, status, ""));
        }

        assertThat(await(activations.find(made.id())).orElseThrow().restartCount())
                .isEqualTo(1);
    }

    @Test
    void anActivationThatRunsCannotBeDeleted() {
        Activation made = server.activation();
        Lease lease = claim(made);

        assertProblem(ProblemType.CONFLICT, activations.delete(made.id())).hasMessageContaining("disable it");

        await(server.store.leases().release(lease));
        await(activations.delete(made.id()));
        assertThat(await(activations.find(made.id()))).isEmpty();
        assertProblem(ProblemType.NOT_FOUND, activations.delete(made.id()));
    }
}
