// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Constraint.Length;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Envelope;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.rulebook.RulebookStore.Origin;
import io.reflexarc.core.rulebook.StoredRulebook;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** Rulebooks and their versions. */
public final class RulebooksResource implements Resource {
    private static final String PATH = "/api/eda/v1/rulebooks/";

    private final Vertx vertx;
    private final RulebookStore rulebooks;
    private final RulebookChecker checker;

    /** Rulebooks of this store; only what the checker lets through gets there. */
    public RulebooksResource(Vertx vertx, RulebookStore rulebooks, RulebookChecker checker) {
        this.vertx = vertx;
        this.rulebooks = rulebooks;
        this.checker = checker;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.get(PATH, "List rulebooks")
                        .query(QueryParameter.sorted(
                                "name, number, created_at or modified_at",
                                QueryParameter.text("name", "Part of the name.")))
                        .needs(Verb.READ, Kind.RULEBOOK)
                        .answersPage(RulebookView.class, this::list),
                Endpoint.post(PATH, "Create a rulebook")
                        .takes(RulebookInput.class)
                        .fails(ProblemType.CONFLICT, ProblemType.RULEBOOK_INVALID)
                        .needs(Verb.WRITE, Kind.RULEBOOK)
                        .answers(201, RulebookView.class, this::create),
                Endpoint.get(PATH + "{id}/", "Show a rulebook with its newest text")
                        .needs(Verb.READ, Kind.RULEBOOK)
                        .answers(200, RulebookView.class, call -> RulebookView.of(found(call))),
                Endpoint.patch(PATH + "{id}/", "Change a rulebook; another text is another version")
                        .takes(RulebookPatch.class)
                        .fails(ProblemType.RULEBOOK_INVALID)
                        .needs(Verb.WRITE, Kind.RULEBOOK)
                        .answers(200, RulebookView.class, this::patch),
                Endpoint.delete(PATH + "{id}/", "Delete a rulebook that no activation uses")
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.WRITE, Kind.RULEBOOK)
                        .answersNothing(this::delete));
    }

    private Envelope<RulebookView> list(Call<Nothing> call) {
        return call.envelope(rulebooks.list(call.page()).await(), RulebookView::of);
    }

    private RulebookView create(Call<RulebookInput> call) {
        RulebookInput input = call.input();
        check(input.rulesets());
        return RulebookView.of(rulebooks
                .create(
                        call.user().organization(),
                        input.name(),
                        input.description().orElse(""),
                        input.rulesets(),
                        new Origin(call.user().username(), ""))
                .await());
    }

    private RulebookView patch(Call<RulebookPatch> call) {
        StoredRulebook old = found(call);
        String text = call.input().rulesets().orElse(old.text());
        check(text);
        return RulebookView.of(rulebooks
                .update(
                        old.id(),
                        call.input().description().orElse(old.description()),
                        text,
                        new Origin(call.user().username(), ""))
                .await());
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

    private Nothing delete(Call<Nothing> call) {
        rulebooks.delete(found(call).id()).await();
        return Nothing.NOTHING;
    }

    private StoredRulebook found(Call<?> call) {
        long id = call.number("id");
        return rulebooks
                .find(id)
                .await()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no rulebook " + id + "."));
    }

    /**
     * A rulebook to be made.
     *
     * @param name unique
     * @param description free text
     * @param rulesets the YAML
     */
    public record RulebookInput(
            @Length(min = 1) String name,
            @Length(max = 4096) Optional<String> description,
            @Length(min = 1, max = 1_000_000) String rulesets) {}

    /**
     * What to change; what is left out stays.
     *
     * @param description free text
     * @param rulesets the YAML
     */
    public record RulebookPatch(
            @Length(max = 4096) Optional<String> description,
            @Length(min = 1, max = 1_000_000) Optional<String> rulesets) {}
}
