// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Envelope;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationLog;
import io.reflexarc.core.activation.ActivationStatus;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.RestartPolicy;
import io.reflexarc.core.activation.Sessions;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.InboxMessage;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.RulebookStore;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rulebooks that are kept running. */
public final class ActivationsResource implements Resource {
    private static final String PATH = "/api/eda/v1/activations/";
    private static final String BELL = "activations";
    private static final int STOP_POLLS = 100;
    private static final int STOP_POLL_MILLIS = 100;

    private final Vertx vertx;
    private final ActivationStore activations;
    private final RulebookStore rulebooks;
    private final EventStreamStore streams;
    private final EventLog log;
    private final LiveFeed feed;
    private final InstantSource clock;
    private final VariablesReader variables;
    private final Sessions sessions;
    private final ActivationLog lines;
    private final Function<ActivationId, Optional<Long>> lag;

    /**
     * Activations of this store.
     *
     * @param sessions what running ones remember
     * @param lines what processes said about them
     * @param lag entries that wait in an inbox, as last reported
     */
    public ActivationsResource(
            Vertx vertx,
            ActivationStore activations,
            RulebookStore rulebooks,
            EventStreamStore streams,
            EventLog log,
            LiveFeed feed,
            InstantSource clock,
            VariablesReader variables,
            Sessions sessions,
            ActivationLog lines,
            Function<ActivationId, Optional<Long>> lag) {
        this.vertx = vertx;
        this.activations = activations;
        this.rulebooks = rulebooks;
        this.streams = streams;
        this.log = log;
        this.feed = feed;
        this.clock = clock;
        this.variables = variables;
        this.sessions = sessions;
        this.lines = lines;
        this.lag = lag;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return Stream.of(collection(), one(), switches()).flatMap(List::stream).toList();
    }

    private List<Endpoint<?, ?>> collection() {
        return List.of(
                Endpoint.get(PATH, "List activations")
                        .query(QueryParameter.sorted(
                                "name, status, rulebook_name, events_seen, decisions_made, restart_count, status_since or"
                                        + " created_at",
                                QueryParameter.text("name", "Part of the name."),
                                new QueryParameter("status", ActivationStatus.class, "What it is doing."),
                                QueryParameter.number("rulebook_id", "Of this rulebook."),
                                QueryParameter.number("event_stream_id", "That listens to this event stream.")))
                        .needs(Verb.READ, Kind.ACTIVATION)
                        .answersPage(ActivationView.class, this::list),
                Endpoint.post(PATH, "Create an activation")
                        .takes(ActivationInput.class)
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.WRITE, Kind.ACTIVATION)
                        .answers(201, ActivationView.class, this::create));
    }

    private List<Endpoint<?, ?>> one() {
        return List.of(
                Endpoint.get(PATH + "{id}/", "Show an activation")
                        .needs(Verb.READ, Kind.ACTIVATION)
                        .answers(200, ActivationView.class, call -> new Names().view(found(call))),
                Endpoint.get(
                                PATH + "{id}/session/",
                                "Show what its session remembers: counters of rules, facts, partial matches, windows, throttles")
                        .needs(Verb.READ, Kind.ACTIVATION)
                        .answers(200, SessionMemoryView.class, this::session),
                Endpoint.get(PATH + "{id}/log/", "List what processes said about an activation, newest first")
                        .query(List.of(
                                QueryParameter.text("level", "error, warn, info or debug: that one and worse."),
                                QueryParameter.text("text", "Anywhere in the line."),
                                QueryParameter.text("since", "Said at this time or later (ISO 8601)."),
                                QueryParameter.text("until", "Said before this time (ISO 8601).")))
                        .needs(Verb.READ, Kind.ACTIVATION)
                        .answersSlice(
                                LogLineView.class,
                                call -> call.envelope(
                                        lines.lines(found(call).id(), call.slice())
                                                .await(),
                                        LogLineView::of)),
                Endpoint.delete(PATH + "{id}/", "Delete an activation that does not run")
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.WRITE, Kind.ACTIVATION)
                        .answersNothing(this::delete));
    }

    private List<Endpoint<?, ?>> switches() {
        return List.of(
                Endpoint.post(PATH + "{id}/enable/", "Let an activation run")
                        .needs(Verb.OPERATE, Kind.ACTIVATION)
                        .answersNothing(call -> turn(found(call).id(), true)),
                Endpoint.post(PATH + "{id}/disable/", "Stop an activation")
                        .needs(Verb.OPERATE, Kind.ACTIVATION)
                        .answersNothing(call -> turn(found(call).id(), false)),
                Endpoint.post(
                                PATH + "{id}/restart/",
                                "Stop an activation and let it run again; from \"now\" on with nothing remembered")
                        .takes(RestartInput.class)
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.OPERATE, Kind.ACTIVATION)
                        .answersNothing(this::restart));
    }

    private Envelope<ActivationView> list(Call<Nothing> call) {
        Names names = new Names();
        return call.envelope(activations.list(call.page()).await(), names::view);
    }

    private ActivationView create(Call<ActivationInput> call) {
        ActivationInput input = call.input();
        if (rulebooks.find(input.rulebookId()).await().isEmpty()) {
            throw invalid("/rulebook_id", "there is no rulebook " + input.rulebookId());
        }
        Activation made = activations
                .create(new ActivationStore.NewActivation(
                        call.user().organization(),
                        input.name(),
                        input.description().orElse(""),
                        input.isEnabled().orElse(true),
                        input.rulebookId(),
                        input.rulebookVersion(),
                        variables(input.extraVar()),
                        input.inventory().filter(text -> !text.isBlank()),
                        sources(input.sourceMappings().orElse(List.of())),
                        input.executionStrategy().orElse(ExecutionStrategy.SEQUENTIAL),
                        input.restartPolicy().orElse(RestartPolicy.ON_FAILURE)))
                .await();
        feed.ring(BELL);
        return new Names().view(made);
    }

    private SessionMemoryView session(Call<Nothing> call) {
        Activation one = found(call);
        return sessions.memory(one.id())
                .await()
                .map(SessionMemoryView::of)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "Activation " + one.id() + " does not run and has left no snapshot yet."));
    }

    private JsonText variables(Optional<JsonNode> given) {
        JsonNode node = given.filter(one -> !one.isNull()).orElse(null);
        if (node == null) {
            return JsonText.EMPTY_OBJECT;
        }
        if (node.isTextual()) {
            return variables.read(node.asText());
        }
        if (!node.isObject()) {
            throw invalid("/extra_var", "is an object, or YAML or JSON text of one");
        }
        return JsonText.of(node);
    }

    private Map<String, StreamId> sources(List<ActivationInput.SourceMapping> mappings) {
        Map<String, StreamId> sources = new HashMap<>();
        for (int i = 0; i < mappings.size(); i++) {
            ActivationInput.SourceMapping mapping = mappings.get(i);
            String place = "/source_mappings/" + i;
            EventStream stream = streams.find(mapping.eventStreamId())
                    .await()
                    .orElseThrow(() ->
                            invalid(place + "/event_stream_id", "there is no event stream " + mapping.eventStreamId()));
            if (sources.put(mapping.sourceName(), stream.uuid()) != null) {
                throw invalid(place + "/source_name", "is mapped twice: " + mapping.sourceName());
            }
        }
        return sources;
    }

    private Nothing delete(Call<Nothing> call) {
        ActivationId id = found(call).id();
        activations.delete(id).await();
        log.delete(InboxId.of(id)).await(); // its number is never given again: what the inbox still holds is nobody's
        feed.ring(BELL);
        return Nothing.NOTHING;
    }

    private Nothing turn(ActivationId id, boolean on) {
        activations.enable(id, on).await();
        feed.ring(BELL);
        return Nothing.NOTHING;
    }

    /** Waits for its end, because a switch that is turned twice at once is not noticed by whoever runs the activation. */
    private Nothing restart(Call<RestartInput> call) {
        Activation activation = found(call);
        ActivationId id = activation.id();
        Optional<Start> from = call.input().from();
        if (from.equals(Optional.of(Start.SNAPSHOT)) && activation.status() != ActivationStatus.DIVERGED) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Only an activation whose recovery differs goes on from its snapshot; this one is "
                            + activation.status().label() + ": restart it without \"from\".");
        }
        turn(id, false);
        for (int poll = 0; poll < STOP_POLLS && stopping(id); poll++) {
            vertx.timer(STOP_POLL_MILLIS, TimeUnit.MILLISECONDS).await();
        }
        if (from.isPresent() && stopping(id)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "The activation is switched off, but has not stopped yet: ask again when its status is stopped.");
        }
        from.ifPresent(start -> goOn(id, start));
        return turn(id, true);
    }

    private void goOn(ActivationId id, Start from) {
        switch (from) {
            case NOW -> {
                var mark = new InboxMessage.Controlled(clock.instant(), new LogEntry.Control.Resume());
                Position now = log.append(InboxId.of(id), mark).await();
                activations.startAnew(id, now).await();
            }
            case SNAPSHOT -> activations.acceptReplay(id).await();
        }
    }

    /**
     * How an activation is restarted.
     *
     * @param from where it goes on; where it stands when left out
     */
    public record RestartInput(Optional<Start> from) {}

    /** Where a restarted activation goes on. */
    public enum Start {
        /**
         * Behind everything that its inbox holds, with nothing remembered: the way out when a recovery differs, or when entries
         * or a snapshot are gone. What is undecided stays undecided.
         */
        @JsonProperty("now")
        NOW,
        /**
         * From its newest snapshot, by what is left of the entries after it: one that is diverged keeps what it remembers. The committed
         * decisions stand, whatever it decides this time; what waited for its turn is cancelled. What is undecided is decided.
         */
        @JsonProperty("snapshot")
        SNAPSHOT
    }

    private boolean stopping(ActivationId id) {
        return activations
                .find(id)
                .await()
                .filter(one -> one.status() == ActivationStatus.STOPPING)
                .isPresent();
    }

    private Activation found(Call<?> call) {
        long id = call.number("id");
        return activations
                .find(new ActivationId(id))
                .await()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no activation " + id + "."));
    }

    private static ProblemException invalid(String pointer, String message) {
        return new ProblemException(
                ProblemType.INVALID, "The activation is not valid.", List.of(new FieldError(pointer, message)));
    }

    /** Names of rulebooks and streams, each asked for once in a call. */
    private final class Names {
        private final Map<Long, String> rulebookNames = new HashMap<>();
        private final Map<Long, Integer> versionNumbers = new HashMap<>();
        private final Map<StreamId, Optional<EventStream>> known = new HashMap<>();

        ActivationView view(Activation one) {
            return new ActivationView(
                    one.id().value(),
                    one.name(),
                    one.description(),
                    one.enabled(),
                    one.rulebookId(),
                    rulebookNames.computeIfAbsent(one.rulebookId(), this::rulebook),
                    one.rulebookVersion(),
                    versionNumbers.computeIfAbsent(one.rulebookVersion(), this::version),
                    one.follows(),
                    one.variables().toString(),
                    one.sources().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .flatMap(source -> mapping(source.getKey(), source.getValue()).stream())
                            .toList(),
                    one.inventory(),
                    one.strategy(),
                    one.restartPolicy(),
                    one.status(),
                    one.statusMessage(),
                    one.statusSince(),
                    one.rulesFired(),
                    one.eventsSeen(),
                    one.restartCount(),
                    lag.apply(one.id()),
                    one.organization(),
                    one.createdAt());
        }

        private int version(long id) {
            return rulebooks.version(id).await().map(found -> found.number()).orElse(0);
        }

        private String rulebook(long id) {
            return rulebooks.find(id).await().map(found -> found.name()).orElse("");
        }

        private Optional<ActivationView.ActivationSource> mapping(String source, StreamId uuid) {
            return known.computeIfAbsent(uuid, id -> streams.find(id).await())
                    .map(stream -> new ActivationView.ActivationSource(source, stream.id(), stream.name()));
        }
    }
}
