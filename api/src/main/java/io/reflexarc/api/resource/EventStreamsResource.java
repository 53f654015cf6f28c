// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Constraint.Length;
import io.reflexarc.api.endpoint.Constraint.Says;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Envelope;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamLimits;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Places where events arrive. */
public final class EventStreamsResource implements Resource {
    private static final String PATH = "/api/eda/v1/event-streams/";
    private static final int DEFAULT_GRACE = 3_600;
    private static final int LONGEST_GRACE = 604_800;

    private final EventStreamStore streams;
    private final String baseUrl;
    private final Supplier<String> secrets;
    private final InstantSource clock;

    /**
     * Streams of this store.
     *
     * @param baseUrl before {@code /event-streams/…} in the URL that senders use
     * @param secrets makes strong secrets
     * @param clock says until when an old secret is good
     */
    public EventStreamsResource(
            EventStreamStore streams, String baseUrl, Supplier<String> secrets, InstantSource clock) {
        this.streams = streams;
        this.baseUrl = baseUrl.replaceAll("/$", "");
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.get(PATH, "List event streams")
                        .query(QueryParameter.sorted(
                                "name, type, events_received, last_event_at or created_at",
                                QueryParameter.text("name", "Part of the name."),
                                new QueryParameter("type", StreamType.class, "What sends to it."),
                                new QueryParameter("enabled", Boolean.class, "Whether it takes events.")))
                        .needs(Verb.READ, Kind.EVENT_STREAM)
                        .answersPage(EventStreamView.class, this::list),
                Endpoint.post(PATH, "Create an event stream; a secret that is not given is made and shown once")
                        .takes(EventStreamInput.class)
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.WRITE, Kind.EVENT_STREAM)
                        .answers(201, EventStreamView.class, this::create),
                Endpoint.get(PATH + "{id}/", "Show an event stream")
                        .needs(Verb.READ, Kind.EVENT_STREAM)
                        .answers(200, EventStreamView.class, call -> view(found(call))),
                Endpoint.patch(PATH + "{id}/", "Change an event stream")
                        .takes(EventStreamPatch.class)
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.WRITE, Kind.EVENT_STREAM)
                        .answers(200, EventStreamView.class, this::patch),
                Endpoint.post(
                                PATH + "{id}/rotate/",
                                "Replace the secret of an event stream; the old one stays good for a while")
                        .takes(RotateInput.class)
                        .needs(Verb.WRITE, Kind.EVENT_STREAM)
                        .answers(200, EventStreamView.class, this::rotate),
                Endpoint.delete(PATH + "{id}/", "Delete an event stream that no activation uses")
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.WRITE, Kind.EVENT_STREAM)
                        .answersNothing(this::delete));
    }

    private Envelope<EventStreamView> list(Call<Nothing> call) {
        return call.envelope(streams.list(call.page()).await(), this::view);
    }

    private EventStreamView create(Call<EventStreamInput> call) {
        EventStreamInput input = call.input();
        StreamType type = input.eventStreamType().orElse(StreamType.GENERIC);
        CredentialInput credential = input.credential().orElse(CredentialInput.standard(type));
        Optional<String> generated = credential.given().isPresent() ? Optional.empty() : Optional.of(secrets.get());
        Secret secret = credential.given().orElseGet(() -> new Secret(generated.orElseThrow()));
        EventStream made = streams.create(new EventStreamStore.NewStream(
                        call.user().organization(),
                        input.name(),
                        type,
                        credential.with(secret),
                        limits(input.limits(), StreamLimits.DEFAULT)))
                .await();
        EventStream shown = input.enabled().orElse(true)
                ? made
                : streams.update(enabled(made, false)).await();
        return EventStreamView.of(shown, baseUrl, generated);
    }

    private EventStreamView patch(Call<EventStreamPatch> call) {
        EventStream old = found(call);
        EventStreamPatch patch = call.input();
        Optional<String> generated = patch.credential()
                .filter(credential -> credential.given().isEmpty() && !kept(credential, old))
                .map(credential -> secrets.get());
        StreamCredential credential = patch.credential()
                .map(one -> one.with(one.given()
                        .orElseGet(() -> generated.map(Secret::new).orElseGet(() -> secret(old.credential())))))
                .orElse(old.credential());
        EventStream changed = new EventStream(
                old.id(),
                old.uuid(),
                old.organization(),
                patch.name().orElse(old.name()),
                patch.eventStreamType().orElse(old.type()),
                credential,
                patch.enabled().orElse(old.enabled()),
                old.createdAt(),
                old.eventsReceived(),
                old.lastEventAt(),
                limits(patch.limits(), old.limits()),
                // Whoever replaces a credential here wants the old one to be good no more
                patch.credential().isPresent() ? Optional.empty() : old.previous());
        return EventStreamView.of(streams.update(changed).await(), baseUrl, generated);
    }

    /** The mask sent back with the same kind means: keep the secret. */
    private static boolean kept(CredentialInput credential, EventStream old) {
        return credential.secret().isPresent()
                && EventStreamView.CredentialView.of(old.credential()).kind() == credential.kind();
    }

    private static Secret secret(StreamCredential credential) {
        return switch (credential) {
            case StreamCredential.Token token -> token.token();
            case StreamCredential.Basic basic -> basic.password();
            case StreamCredential.Hmac hmac -> hmac.secret();
        };
    }

    private static EventStream enabled(EventStream one, boolean enabled) {
        return new EventStream(
                one.id(),
                one.uuid(),
                one.organization(),
                one.name(),
                one.type(),
                one.credential(),
                enabled,
                one.createdAt(),
                one.eventsReceived(),
                one.lastEventAt(),
                one.limits(),
                one.previous());
    }

    private EventStreamView rotate(Call<RotateInput> call) {
        EventStream old = found(call);
        int grace = call.input().graceSeconds().orElse(DEFAULT_GRACE);
        if (grace < 0 || grace > LONGEST_GRACE) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "The body is not valid.",
                    List.of(new FieldError("/grace_seconds", "is a whole number from 0 to " + LONGEST_GRACE)));
        }
        String secret = secrets.get();
        EventStream rotated = new EventStream(
                old.id(),
                old.uuid(),
                old.organization(),
                old.name(),
                old.type(),
                CredentialInput.like(old.credential()).with(new Secret(secret)),
                old.enabled(),
                old.createdAt(),
                old.eventsReceived(),
                old.lastEventAt(),
                old.limits(),
                grace == 0
                        ? Optional.empty()
                        : Optional.of(new EventStream.Previous(
                                old.credential(), clock.instant().plusSeconds(grace))));
        return EventStreamView.of(streams.update(rotated).await(), baseUrl, Optional.of(secret));
    }

    private static StreamLimits limits(Optional<LimitsInput> given, StreamLimits otherwise) {
        return given.map(LimitsInput::checked).orElse(otherwise);
    }

    private Nothing delete(Call<Nothing> call) {
        streams.delete(found(call).id()).await();
        return Nothing.NOTHING;
    }

    private EventStream found(Call<?> call) {
        long id = call.number("id");
        return streams.find(id)
                .await()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no event stream " + id + "."));
    }

    private EventStreamView view(EventStream stream) {
        return EventStreamView.of(stream, baseUrl, Optional.empty());
    }

    /**
     * A stream to be made.
     *
     * @param name unique
     * @param eventStreamType who sends; {@code generic} when left out
     * @param credential how senders prove themselves; what suits the type when left out
     * @param enabled whether it takes events; yes when left out
     * @param limits how much it takes; as the ingress is configured when left out
     */
    public record EventStreamInput(
            @Length(min = 1) String name,
            Optional<StreamType> eventStreamType,
            Optional<CredentialInput> credential,
            Optional<Boolean> enabled,
            Optional<LimitsInput> limits) {}

    /**
     * How much a stream takes; what is left out is as the ingress is configured.
     *
     * @param eventsPerSecond for long
     * @param burst events at once
     * @param maxBodyBytes largest body of a request
     */
    public record LimitsInput(
            @Says("Events a second, for long: 1 to 1,000,000.")
            Optional<Integer> eventsPerSecond,

            @Says("Events at once: 1 to 1,000,000; twice the events of a second when left out.")
            Optional<Integer> burst,

            @Says("Largest body: 1,024 to 16,777,216.") Optional<Integer> maxBodyBytes) {
        StreamLimits checked() {
            List<FieldError> errors = new ArrayList<>();
            check(eventsPerSecond, "limits.events_per_second", 1, 1_000_000, errors);
            check(burst, "limits.burst", 1, 1_000_000, errors);
            check(maxBodyBytes, "limits.max_body_bytes", 1 << 10, 1 << 24, errors);
            if (!errors.isEmpty()) {
                throw new ProblemException(ProblemType.INVALID, "The body is not valid.", errors);
            }
            return new StreamLimits(eventsPerSecond, burst, maxBodyBytes);
        }

        private static void check(Optional<Integer> value, String name, int least, int most, List<FieldError> errors) {
            value.filter(given -> given < least || given > most)
                    .ifPresent(wrong ->
                            errors.add(new FieldError(name, "is a whole number from " + least + " to " + most)));
        }
    }

    /**
     * How to replace a secret.
     *
     * @param graceSeconds how long the old one stays good, an hour when left out
     */
    public record RotateInput(
            @Says("How long the old secret stays good: 0 to 604,800 seconds; an hour when left out.")
            Optional<Integer> graceSeconds) {}

    /**
     * What to change; what is left out stays. A credential without a secret gets a new one; with the mask as secret it
     * keeps the old one.
     *
     * @param name unique
     * @param eventStreamType who sends
     * @param credential how senders prove themselves
     * @param enabled whether it takes events
     * @param limits how much it takes, all three of them
     */
    public record EventStreamPatch(
            @Length(min = 1) Optional<String> name,
            Optional<StreamType> eventStreamType,
            Optional<CredentialInput> credential,
            Optional<Boolean> enabled,
            Optional<LimitsInput> limits) {}
}
