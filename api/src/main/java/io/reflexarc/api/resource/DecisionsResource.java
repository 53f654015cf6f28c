// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Envelope;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.api.endpoint.SliceEnvelope;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.artifact.ArtifactStore;
import io.reflexarc.core.audit.ActionView;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.DecisionDetail;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What was decided, why, and what came of it; and the same list under the EDA controller's names. */
public final class DecisionsResource implements Resource {
    private static final String PATH = "/api/eda/v1/decisions/";

    private final AuditLog audit;
    private final ArtifactStore artifacts;

    /** Decisions of this audit; output that is too long for it lies in the artifact store. */
    public DecisionsResource(AuditLog audit, ArtifactStore artifacts) {
        this.audit = audit;
        this.artifacts = artifacts;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.get(PATH, "List decisions, newest first unless another order is asked for")
                        .query(
                                List.of(
                                        QueryParameter.number("activation_id", "That decided."),
                                        QueryParameter.text("ruleset", "Name of the ruleset."),
                                        QueryParameter.text("rule", "Name of the rule."),
                                        QueryParameter.text("rule_part", "Part of the rule's name."),
                                        QueryParameter.text("rulebook", "Part of the rulebook's name."),
                                        QueryParameter.number("version", "Number of the rulebook's version."),
                                        QueryParameter.text("action", "Name of one of its actions."),
                                        QueryParameter.text("status", "pending, running, successful or failed."),
                                        QueryParameter.text("event_id", "An event that it matched."),
                                        QueryParameter.text("since", "Committed at this time or later (ISO 8601)."),
                                        QueryParameter.text("until", "Committed before this time (ISO 8601)."),
                                        QueryParameter.text(
                                                "sort",
                                                "committed_at, rule, rulebook or activation_name; a minus before it reverses.")))
                        .needs(Verb.READ, Kind.DECISION)
                        .answersSlice(DecisionRow.class, this::list),
                Endpoint.get(PATH + "{id:uuid}/", "Show a decision: event, rule, actions, attempts, output")
                        .needs(Verb.READ, Kind.DECISION)
                        .answers(200, DecisionView.class, call -> DecisionView.of(found(call))),
                Endpoint.get(
                                PATH + "{id:uuid}/actions/{index}/output/",
                                "All that the last attempt of an action printed")
                        .needs(Verb.READ, Kind.DECISION)
                        .answersText(this::output),
                Endpoint.get("/api/eda/v1/audit-rules/", "List decisions under the EDA controller's names")
                        .query(List.of(QueryParameter.text("status", "successful or failed.")))
                        .needs(Verb.READ, Kind.DECISION)
                        .answersPage(AuditRuleView.class, this::auditRules));
    }

    private SliceEnvelope<DecisionRow> list(Call<Nothing> call) {
        return call.envelope(audit.decisions(call.slice()).await(), DecisionRow::of);
    }

    private Envelope<AuditRuleView> auditRules(Call<Nothing> call) {
        return call.envelope(audit.decisions(call.page()).await(), AuditRuleView::of);
    }

    private String output(Call<Nothing> call) {
        long index = call.number("index");
        ActionView action = found(call).actions().stream()
                .filter(one -> one.index() == index)
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "The decision has no action " + index + ": the first is 0."));
        Optional<Buffer> all =
                action.outputArtifact().flatMap(key -> artifacts.get(key).await());
        return all.map(content -> content.toString(StandardCharsets.UTF_8)).orElse(action.output());
    }

    private DecisionDetail found(Call<?> call) {
        DecisionId id = call.uuid("id", DecisionId::parse);
        return audit.decision(id)
                .await()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no decision " + id + "."));
    }
}
