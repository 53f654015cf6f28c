// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Constraint.Length;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Envelope;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.api.resource.Rehearsal.RehearsalInput;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.RuleMatches;
import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.decision.Rehearsals;
import io.reflexarc.core.history.Recorded;
import io.reflexarc.core.history.RecordedEvents;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.DraftStore;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.rulebook.StoredRulebook;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Writing rulebooks: what is wrong with a text, what it would do, which words there are. Nothing here changes anything. */
public final class AuthoringResource implements Resource {
    private static final String PATH = "/api/eda/v1/rulebooks/";
    private static final Duration COUNTED = Duration.ofHours(1);
    private static final int MOST_EVENTS = 50;
    private static final int MOST_BYTES = 1_000_000;
    /** Each compiles rules; together they leave the machine to those that run. */
    private static final int REHEARSALS_AT_ONCE = 2;

    private final Vertx vertx;
    private final RulebookStore rulebooks;
    private final DraftStore drafts;
    private final ActivationStore activations;
    private final AuditLog audit;
    private final EventLog log;
    private final RecordedEvents recorded;
    private final Rehearsals rehearsals;
    private final Authoring authoring;
    private final VariablesReader variables;
    private final InstantSource clock;
    private final RulebookContents contents;
    private final Semaphore places = new Semaphore(REHEARSALS_AT_ONCE);

    /** Reads these stores. */
    public AuthoringResource(
            Vertx vertx,
            RulebookStore rulebooks,
            DraftStore drafts,
            ActivationStore activations,
            AuditLog audit,
            EventLog log,
            RecordedEvents recorded,
            Rehearsals rehearsals,
            Authoring authoring,
            VariablesReader variables,
            InstantSource clock) {
        this.vertx = vertx;
        this.rulebooks = rulebooks;
        this.drafts = drafts;
        this.activations = activations;
        this.audit = audit;
        this.log = log;
        this.recorded = recorded;
        this.rehearsals = rehearsals;
        this.authoring = authoring;
        this.variables = variables;
        this.clock = clock;
        this.contents = new RulebookContents(authoring);
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.get(PATH + "summaries/", "List rulebooks with what is in them and who uses them")
                        .query(QueryParameter.sorted(
                                "name, number, created_at or modified_at",
                                QueryParameter.text("name", "Part of the name.")))
                        .needs(Verb.READ, Kind.RULEBOOK)
                        .answersPage(RulebookSummary.class, this::summaries),
                Endpoint.post(PATH + "validate/", "Say what is wrong with the text of a rulebook")
                        .takes(RulebookText.class)
                        .needs(Verb.READ, Kind.RULEBOOK)
                        .answers(200, RulebookFindings.class, this::validate),
                Endpoint.post(PATH + "test/", "Say what a rulebook would do with events; nothing runs")
                        .takes(RehearsalInput.class)
                        .fails(ProblemType.RULEBOOK_INVALID, ProblemType.TOO_MANY_REQUESTS)
                        .needs(Verb.READ, Kind.RULEBOOK)
                        .answers(200, Rehearsal.class, this::rehearse),
                Endpoint.get(PATH + "{id}/matches/", "Count how often each rule matched in the last hour")
                        .needs(Verb.READ, Kind.RULEBOOK)
                        .answers(200, RulebookMatches.class, this::matches),
                Endpoint.get(
                                "/api/eda/v1/schemas/rulebook/",
                                "JSON Schema of a rulebook, with the plugins installed here")
                        .needs(Verb.READ, Kind.RULEBOOK)
                        .answersDocument(call -> authoring.schema()));
    }

    private Envelope<RulebookSummary> summaries(Call<Nothing> call) {
        Page<StoredRulebook> page = rulebooks.list(call.page()).await();
        Set<Long> drafted = drafts.of(call.user().id()).await();
        Map<Long, List<Activation>> users =
                allActivations().stream().collect(Collectors.groupingBy(Activation::rulebookId));
        page.items().forEach(one -> aside(() -> contents.of(one)));
        return call.envelope(
                page,
                one -> RulebookSummary.of(
                        one, contents.of(one), drafted.contains(one.id()), users.getOrDefault(one.id(), List.of())));
    }

    private List<Activation> allActivations() {
        List<Activation> all = new ArrayList<>();
        Page<Activation> page;
        int number = 1;
        do {
            page = activations
                    .list(new PageRequest(number++, PageRequest.MAX_SIZE, Map.of()))
                    .await();
            all.addAll(page.items());
        } while (page.items().size() == PageRequest.MAX_SIZE);
        return all;
    }

    private RulebookMatches matches(Call<Nothing> call) {
        Instant since = clock.instant().minus(COUNTED);
        List<RuleMatches> counts = audit.ruleMatches(call.number("id"), since).await();
        return new RulebookMatches(
                since,
                counts.stream()
                        .map(one -> new RuleCount(one.ruleset(), one.rule(), one.matches(), one.failed()))
                        .toList());
    }

    private RulebookFindings validate(Call<RulebookText> call) {
        String text = call.input().rulesets();
        Optional<JsonText> given = call.input().variables().map(variables::read);
        return RulebookFindings.of(aside(() -> authoring.linter().lint(text, given)));
    }

    private Rehearsal rehearse(Call<RehearsalInput> call) {
        RehearsalInput input = call.input();
        List<Occurrence> events = events(input);
        JsonText given = input.variables().map(variables::read).orElse(JsonText.EMPTY_OBJECT);
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "Other people are testing rulebooks just now. Try again in a few seconds.");
        }
        try {
            return Rehearsal.of(events, played(input.rulesets(), given, events));
        } finally {
            places.release();
        }
    }

    private List<Rehearsals.Step> played(String rulebook, JsonText given, List<Occurrence> events) {
        return aside(() -> rehearsals.rehearse(rulebook, given, events)).await();
    }

    private List<Occurrence> events(RehearsalInput input) {
        List<String> ids = input.eventIds().orElse(List.of());
        List<JsonText> bodies = input.events().orElse(List.of());
        if (ids.isEmpty() && bodies.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, "Pick at least one event to test with.");
        }
        if (ids.size() + bodies.size() > MOST_EVENTS) {
            throw new ProblemException(
                    ProblemType.INVALID, "At most " + MOST_EVENTS + " events can be played at once. Pick fewer.");
        }
        List<Occurrence> events = new ArrayList<>();
        ids.forEach(id -> events.add(recorded(id)));
        events.sort(Comparator.comparing(Occurrence::at));
        Instant at = events.isEmpty() ? clock.instant() : events.getLast().at();
        for (int i = 0; i < bodies.size(); i++) {
            at = at.plusSeconds(1);
            events.add(new Occurrence(new EventId("test-" + (i + 1)), at, Set.of(), given(bodies.get(i), i)));
        }
        return events;
    }

    private Occurrence recorded(String id) {
        Optional<EventId> known =
                Optional.of(id).filter(text -> !text.isEmpty()).map(EventId::new);
        return known.flatMap(one -> log.find(one)
                        .await()
                        .or(() -> recorded.archive().find(one).await().map(Recorded::event)))
                .map(one -> new Occurrence(one.id(), one.receivedAt(), Set.of(), one.body()))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "There is no event " + id + ", or history no longer holds it."));
    }

    private static JsonText given(JsonText body, int index) {
        String pointer = "events/" + index;
        if (!body.tree().isObject()) {
            throw wrong(pointer, "An event is a JSON object.");
        }
        if (body.size() > MOST_BYTES) {
            throw wrong(pointer, "An event to test with has at most 1 MB.");
        }
        return body;
    }

    private static ProblemException wrong(String pointer, String sentence) {
        return new ProblemException(ProblemType.INVALID, sentence, List.of(new FieldError(pointer, sentence)));
    }

    /** Reading and compiling rules takes a while: not on the thread that all calls share. */
    private <T> T aside(Callable<T> work) {
        return vertx.executeBlocking(work, false).await();
    }

    /**
     * How often rules matched.
     *
     * @param since counted from then on
     * @param rules those that matched
     */
    public record RulebookMatches(Instant since, List<RuleCount> rules) {
        public RulebookMatches {
            rules = List.copyOf(rules);
        }
    }

    /**
     * How often one rule matched, in any activation and version.
     *
     * @param ruleset name
     * @param rule name
     * @param matches decisions of it
     * @param failed those of them with an action that failed
     */
    public record RuleCount(String ruleset, String rule, long matches, long failed) {}

    /**
     * A text to be checked.
     *
     * @param rulesets the YAML
     * @param variables of an activation, as YAML or JSON; what needs variables is checked only with them
     */
    public record RulebookText(
            @Length(max = 1_000_000) String rulesets,
            @Length(max = 100_000) Optional<String> variables) {}
}
