// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Constraint.Length;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.rulebook.DraftStore;
import io.reflexarc.core.rulebook.RulebookDraft;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Drafts of rulebooks, each user's own. A draft changes nothing that runs and nobody else sees it, so its saves are not in the
 * list of changes; only who may write rulebooks may keep one.
 */
public final class DraftsResource implements Resource {
    private static final String PATH = "/api/eda/v1/rulebooks/{id}/draft/";

    private final DraftStore drafts;

    /** Drafts of this store. */
    public DraftsResource(DraftStore drafts) {
        this.drafts = drafts;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.get(PATH, "Show your draft of a rulebook")
                        .needs(Verb.READ, Kind.RULEBOOK)
                        .answers(200, DraftView.class, this::show),
                Endpoint.of(
                                HttpMethod.PUT,
                                PATH,
                                "Save your draft; refused when it was saved elsewhere since you read it")
                        .takes(DraftInput.class)
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.WRITE, Kind.RULEBOOK)
                        .answers(200, DraftView.class, this::save),
                Endpoint.delete(PATH, "Throw your draft away; refused when it was saved elsewhere since you read it")
                        .query(List.of(new QueryParameter("revision", Long.class, "The revision that you have seen.")))
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.WRITE, Kind.RULEBOOK)
                        .answersNothing(this::delete));
    }

    /** Whoever has no draft is not wrong to ask for it: everybody who opens a rulebook does. */
    private DraftView show(Call<Nothing> call) {
        return DraftView.of(drafts.find(call.number("id"), call.user().id()).await());
    }

    private DraftView save(Call<DraftInput> call) {
        DraftInput input = call.input();
        return DraftView.of(Optional.of(drafts.save(
                        call.number("id"),
                        call.user().id(),
                        input.rulesets(),
                        input.baseVersion(),
                        input.revision().orElse(DraftStore.NO_REVISION))
                .await()));
    }

    private Nothing delete(Call<Nothing> call) {
        long revision = call.query("revision")
                .map(Long::parseLong)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID, "Say which revision of the draft to throw away: ?revision=…"));
        drafts.delete(call.number("id"), call.user().id(), revision).await();
        return Nothing.NOTHING;
    }

    /**
     * A draft to be saved.
     *
     * @param rulesets the YAML, however broken
     * @param baseVersion number of the version from which it was begun
     * @param revision that it replaces; left out when there was no draft
     */
    public record DraftInput(@Length(max = 1_000_000) String rulesets, int baseVersion, Optional<Long> revision) {}

    /**
     * A draft, or that there is none.
     *
     * @param exists whether there is one
     * @param rulesets the YAML; empty when there is none
     * @param baseVersion number of the version from which it was begun
     * @param revision to be given with the next save
     * @param modifiedAt when it was saved
     */
    public record DraftView(
            boolean exists, String rulesets, int baseVersion, Optional<Long> revision, Optional<Instant> modifiedAt) {
        static DraftView of(Optional<RulebookDraft> draft) {
            return new DraftView(
                    draft.isPresent(),
                    draft.map(RulebookDraft::text).orElse(""),
                    draft.map(RulebookDraft::baseVersion).orElse(0),
                    draft.map(RulebookDraft::revision),
                    draft.map(RulebookDraft::modifiedAt));
        }
    }
}
