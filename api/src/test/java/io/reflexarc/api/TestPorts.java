// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reflexarc.api.resource.Authoring;
import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskTerms;
import io.reflexarc.core.activation.InMemoryActivationStore;
import io.reflexarc.core.activation.InMemoryActivationVersions;
import io.reflexarc.core.activation.InMemoryDecisionLog;
import io.reflexarc.core.activation.InMemoryLeases;
import io.reflexarc.core.activation.SessionMemory;
import io.reflexarc.core.artifact.ArtifactStore;
import io.reflexarc.core.decision.Explanations;
import io.reflexarc.core.decision.Rehearsals;
import io.reflexarc.core.history.FieldStore;
import io.reflexarc.core.history.InMemoryEventArchive;
import io.reflexarc.core.history.RecordedEvents;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.history.RecordedStreams;
import io.reflexarc.core.history.StreamFields;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.InMemoryLiveFeed;
import io.reflexarc.core.log.InMemoryEventLog;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.InMemoryDraftStore;
import io.reflexarc.core.rulebook.InMemoryRulebookStore;
import io.reflexarc.core.telemetry.HealthCheck;
import io.reflexarc.core.telemetry.Meters;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.RulebookSchema;
import io.reflexarc.rulebooks.condition.StringTemplate;
import io.reflexarc.rulebooks.lint.Linter;
import io.reflexarc.rulebooks.lint.Vocabulary;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Every port in memory, and a context made of them. */
final class TestPorts {
    /** Rounds of the password hash, few enough for a test. */
    static final int ROUNDS = 1_000;

    final MutableClock clock = new MutableClock();
    final InMemoryEventStreamStore streams = new InMemoryEventStreamStore(clock);
    final InMemoryRulebookStore rulebooks = new InMemoryRulebookStore(clock);
    final InMemoryDraftStore drafts = new InMemoryDraftStore(clock);
    final InMemoryActivationStore activations;
    final InMemoryActivationVersions versions;
    final InMemoryDecisionLog decisions;
    final InMemoryLeases leases;
    final InMemoryAccountStore accounts = new InMemoryAccountStore(clock);
    final InMemoryAudit audit = new InMemoryAudit();
    final InMemoryEventLog log = new InMemoryEventLog(clock, (delay, task) -> {}, InMemoryEventLog.Bounds.DEFAULT);
    final InMemoryLiveFeed feed = new InMemoryLiveFeed(Runnable::run);
    final Map<String, Buffer> artifacts = new HashMap<>();
    final InMemoryEventArchive archive = new InMemoryEventArchive();
    final Map<StreamId, StreamFields> fields = new HashMap<>();
    final InMemoryLines lines = new InMemoryLines();
    final Map<ActivationId, SessionMemory> memories = new HashMap<>();
    final List<HealthCheck> health = new ArrayList<>();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    TestPorts() {
        leases = new InMemoryLeases(clock);
        decisions = new InMemoryDecisionLog(leases, commit -> {});
        activations = new InMemoryActivationStore(clock, rulebooks, leases, decisions);
        versions = new InMemoryActivationVersions(activations, decisions);
        log.open(new Incarnation(new UUID(1, 1)));
    }

    ApiContext context() {
        return new ApiContext(
                new ApiContext.Ports(
                        streams,
                        rulebooks,
                        drafts,
                        activations,
                        versions,
                        audit,
                        audit,
                        accounts,
                        artifactStore(),
                        log,
                        new RecordedEvents(RecordedStreams.of(streams), log.history(), archive, fieldStore()),
                        TestPorts::explain,
                        TestPorts::rehearse,
                        TestPorts::test,
                        id -> Future.succeededFuture(Optional.ofNullable(memories.get(id))),
                        lines,
                        feed),
                new ApiContext.Settings(
                        "127.0.0.1",
                        0,
                        true,
                        "http://127.0.0.1:8010",
                        "0.1.0",
                        Optional.of("test-ui"),
                        "/",
                        List.of(),
                        true,
                        Optional.of(ROUNDS)),
                new Meters(registry),
                clock,
                new SecureRandom(),
                "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII),
                new ActionCatalogue(List.of(new Acting())),
                TestPorts::check,
                authoring(),
                TestPorts::variables,
                health,
                () -> "reflexarc_up 1\n");
    }

    private static final class Acting implements Plugin {
        @Override
        public List<Class<? extends Action>> actions() {
            return List.of(RunPlaybook.class);
        }
    }

    /** The action of the samples. */
    @Action.Name("run_playbook")
    record RunPlaybook(String name, Optional<String> lock) implements Action {
        @Override
        public ActionOutcome run(ActionContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TaskTerms terms() {
            return new TaskTerms(RetryPolicy.NONE, Duration.ofMinutes(1), lock);
        }
    }

    private static Future<List<Explanations.RuleExplanation>> explain(
            String rulebook, JsonText variables, List<Explanations.Occurrence> events) {
        Explanations.Node part = new Explanations.Node(
                "event.payload.status == \"down\"",
                Explanations.Verdict.FALSE,
                Optional.of(JsonText.ofString("\"up\"")),
                Optional.of(JsonText.ofString("\"down\"")),
                "",
                List.of());
        Explanations.Node tree = new Explanations.Node(
                part.text(), Explanations.Verdict.FALSE, Optional.empty(), Optional.empty(), "", List.of(part));
        return Future.succeededFuture(List.of(new Explanations.RuleExplanation(
                "set",
                "say so",
                Explanations.Verdict.FALSE,
                Explanations.Fate.of(Explanations.Outcome.NOT_FULFILLED, ""),
                tree)));
    }

    /** Says the same of every event. */
    private static Future<List<Rehearsals.Step>> rehearse(
            String rulebook, JsonText variables, List<Explanations.Occurrence> events) {
        check(rulebook);
        List<Rehearsals.Step> steps = new ArrayList<>();
        events.forEach(event -> steps.add(
                new Rehearsals.Step(explain(rulebook, variables, events).result(), List.of())));
        steps.add(new Rehearsals.Step(List.of(), List.of()));
        return Future.succeededFuture(steps);
    }

    private static Authoring authoring() {
        var parser = new RulebookParser(Set.of(), StringTemplate.NONE);
        var words = new Vocabulary(Map.of(), Map.of(), Map.of(), Set.of());
        return new Authoring(new Linter(parser, words), parser, RulebookSchema.of(Map.of(), Map.of(), Map.of()));
    }

    /** Knows one condition: that a text stands in the event. */
    private static Predicate<JsonText> test(String condition) {
        if (condition.endsWith("==")) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "The condition is wrong.",
                    List.of(new FieldError("1:" + condition.length(), "a value must stand here")));
        }
        return body -> body.toString().contains(condition);
    }

    private static void check(String yaml) {
        if (yaml.contains("broken")) {
            throw new ProblemException(
                    ProblemType.RULEBOOK_INVALID,
                    "The rulebook cannot be run.",
                    List.of(new FieldError("3:7", "\"condtion\" is not known here: condition?")));
        }
    }

    private static JsonText variables(String text) {
        return JsonText.of(Map.of("read_from", text));
    }

    private FieldStore fieldStore() {
        return new FieldStore() {
            @Override
            public Future<StreamFields> read(StreamId stream) {
                return Future.succeededFuture(fields.getOrDefault(stream, StreamFields.NONE));
            }

            @Override
            public Future<List<StreamFields>> latest(Collection<StreamId> streams, int most) {
                return Future.succeededFuture(streams.stream()
                        .filter(fields::containsKey)
                        .map(fields::get)
                        .sorted(Comparator.comparing(StreamFields::upTo).reversed())
                        .limit(most)
                        .toList());
            }

            @Override
            public Future<Void> write(RecordedStream stream, StreamFields known) {
                fields.put(stream.id(), known);
                return Future.succeededFuture();
            }
        };
    }

    private ArtifactStore artifactStore() {
        return new ArtifactStore() {
            @Override
            public Future<Void> put(String key, Buffer content, String contentType) {
                artifacts.put(key, content);
                return Future.succeededFuture();
            }

            @Override
            public Future<Optional<Buffer>> get(String key) {
                return Future.succeededFuture(Optional.ofNullable(artifacts.get(key)));
            }

            @Override
            public Future<Void> delete(String key) {
                artifacts.remove(key);
                return Future.succeededFuture();
            }
        };
    }
}
