// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Constraint.Length;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Envelope;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.rulebook.RulebookStore.Origin;
import io.reflexarc.core.rulebook.RulebookVersion;
import io.reflexarc.core.rulebook.StoredRulebook;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Versions of rulebooks: which there are, and which decide where. */
public final class VersionsResource implements Resource {
    private static final String RULEBOOK = "/api/eda/v1/rulebooks/{id}/";
    private static final String ACTIVATION = "/api/eda/v1/activations/{id}/";

    private final Vertx vertx;
    private final RulebookStore rulebooks;
    private final ActivationStore activations;
    private final RulebookChecker checker;
    private final Swaps swaps;

    /** Of these rulebooks and activations; only what the checker lets through is published. */
    public VersionsResource(
            Vertx vertx, RulebookStore rulebooks, ActivationStore activations, RulebookChecker checker, Swaps swaps) {
        this.vertx = vertx;
        this.rulebooks = rulebooks;
        this.activations = activations;
        this.checker = checker;
        this.swaps = swaps;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.get(RULEBOOK + "versions/", "List the versions of a rulebook, the newest first")
                        .needs(Verb.READ, Kind.RULEBOOK)
                        .answersPage(RulebookVersionView.class, this::versions),
                Endpoint.get(RULEBOOK + "versions/{number}/", "Show a version of a rulebook with its text")
                        .needs(Verb.READ, Kind.RULEBOOK)
                        .answers(200, VersionText.class, this::version),
                Endpoint.post(
                                RULEBOOK + "publish/",
                                "Make a text the newest version and put it live on running activations")
                        .takes(PublishInput.class)
                        .fails(ProblemType.CONFLICT, ProblemType.RULEBOOK_INVALID)
                        .needs(Verb.WRITE, Kind.RULEBOOK)
                        .answers(200, Published.class, this::publish),
                Endpoint.post(ACTIVATION + "version/", "Put another version of its rulebook live on an activation")
                        .takes(VersionInput.class)
                        .needs(Verb.OPERATE, Kind.ACTIVATION)
                        .answers(200, VersionChangeView.class, this::put),
                Endpoint.get(ACTIVATION + "versions/", "Which version decided when, the newest first")
                        .needs(Verb.READ, Kind.ACTIVATION)
                        .answersPage(VersionChangeView.class, this::history));
    }

    private Envelope<RulebookVersionView> versions(Call<Nothing> call) {
        long id = rulebook(call).id();
        List<Activation> users = swaps.versions().activations(id).await();
        return call.envelope(
                rulebooks.versions(id, call.page()).await(), version -> RulebookVersionView.of(version, users));
    }

    private VersionText version(Call<Nothing> call) {
        long id = rulebook(call).id();
        return VersionText.of(version(id, call.number("number")));
    }

    private Published publish(Call<PublishInput> call) {
        PublishInput input = call.input();
        StoredRulebook rulebook = rulebook(call);
        String user = call.user().username();
        List<Activation> users = swaps.versions().activations(rulebook.id()).await();
        List<Activation> wanted = wanted(input, users);
        check(input.rulesets());
        StoredRulebook newest = rulebooks
                .publish(
                        rulebook.id(),
                        input.rulesets(),
                        input.baseVersion(),
                        new Origin(user, input.message().orElse("")))
                .await();
        RulebookVersion version = rulebooks.version(newest.version()).await().orElseThrow();
        List<PublishedTo> to =
                swaps.put(wanted, version, user).stream().map(PublishedTo::of).toList();
        return new Published(VersionText.of(version), to);
    }

    private static List<Activation> wanted(PublishInput input, List<Activation> users) {
        if (input.activations().isEmpty()) {
            return users.stream().filter(Activation::follows).toList();
        }
        List<Activation> wanted = new ArrayList<>();
        for (Long id : input.activations().get()) {
            wanted.add(users.stream()
                    .filter(one -> one.id().value() == id)
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.INVALID,
                            "The rulebook cannot be published there.",
                            List.of(new FieldError(
                                    "/activations", "activation " + id + " does not run this rulebook")))));
        }
        return wanted.stream().distinct().toList();
    }

    private VersionChangeView put(Call<VersionInput> call) {
        Activation activation = activation(call);
        RulebookVersion version = version(activation.rulebookId(), call.input().number());
        Optional<Boolean> follows = call.input().followsRulebook();
        if (follows.isPresent()) {
            swaps.versions().follow(activation.id(), follows.get()).await();
        }
        return VersionChangeView.of(
                swaps.put(List.of(activation), version, call.user().username())
                        .getFirst()
                        .change());
    }

    private Envelope<VersionChangeView> history(Call<Nothing> call) {
        ActivationId id = activation(call).id();
        return call.envelope(swaps.versions().list(id, call.page()).await(), VersionChangeView::of);
    }

    /** Compiling rules takes a while: not on the thread that all calls share. */
    private void check(String text) {
        vertx.executeBlocking(
                        () -> {
                            checker.check(text);
                            return text;
                        },
                        false)
                .await();
    }

    private StoredRulebook rulebook(Call<?> call) {
        long id = call.number("id");
        return rulebooks
                .find(id)
                .await()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no rulebook " + id + "."));
    }

    private RulebookVersion version(long rulebook, long number) {
        return rulebooks
                .version(rulebook, (int) Math.min(number, Integer.MAX_VALUE))
                .await()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "Rulebook " + rulebook + " has no version " + number + "."));
    }

    private Activation activation(Call<?> call) {
        long id = call.number("id");
        return activations
                .find(new ActivationId(id))
                .await()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no activation " + id + "."));
    }

    /**
     * A version with its text.
     *
     * @param id as an activation names it
     * @param number 1, 2, … within the rulebook
     * @param createdBy name of the user; empty where nobody is known
     * @param createdAt when
     * @param message what its author said of it
     * @param rulesets the YAML
     */
    public record VersionText(
            long id, int number, String createdBy, Instant createdAt, String message, String rulesets) {
        static VersionText of(RulebookVersion version) {
            return new VersionText(
                    version.id(),
                    version.number(),
                    version.createdBy(),
                    version.createdAt(),
                    version.message(),
                    version.text());
        }
    }

    /**
     * A text to be published.
     *
     * @param rulesets the YAML
     * @param message what its author says of it
     * @param baseVersion number of the version that its author started from
     * @param activations numbers of those that shall run it; all that follow the rulebook when left out
     */
    public record PublishInput(
            @Length(min = 1, max = 1_000_000) String rulesets,
            @Length(max = 4096) Optional<String> message,
            int baseVersion,
            Optional<List<Long>> activations) {}

    /**
     * What was published.
     *
     * @param version the newest version now
     * @param activations what became of each that was to run it
     */
    public record Published(VersionText version, List<PublishedTo> activations) {
        public Published {
            activations = List.copyOf(activations);
        }
    }

    /**
     * What became of one activation.
     *
     * @param id its number
     * @param name its name
     * @param change the version put live
     */
    public record PublishedTo(long id, String name, VersionChangeView change) {
        static PublishedTo of(Swaps.Put put) {
            return new PublishedTo(
                    put.activation().id().value(), put.activation().name(), VersionChangeView.of(put.change()));
        }
    }

    /**
     * Which version shall decide.
     *
     * @param number of the version within the rulebook of the activation
     * @param followsRulebook whether it gets what is published later without naming activations; stays as it is when left out
     */
    public record VersionInput(int number, Optional<Boolean> followsRulebook) {}
}
