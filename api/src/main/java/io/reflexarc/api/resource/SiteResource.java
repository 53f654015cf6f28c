// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Constraint.AnyObject;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Envelope;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.Change;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.EventLog;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** About this site: configuration, status, changes. */
public final class SiteResource implements Resource {
    private static final String PATH = "/api/eda/v1/";

    private final AuditLog audit;
    private final EventLog log;
    private final String version;

    /** A site that runs this version. */
    public SiteResource(AuditLog audit, EventLog log, String version) {
        this.audit = audit;
        this.log = log;
        this.version = version;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.get(PATH + "config/", "Version of this server")
                        .signedIn()
                        .answers(200, ConfigView.class, call -> new ConfigView("UTC", version, "reflexarc")),
                Endpoint.get(PATH + "status/", "Whether the site works, and what waits")
                        .signedIn()
                        .answers(200, StatusView.class, this::status),
                Endpoint.get(PATH + "changes/", "Who changed what, newest first")
                        .query(List.of(
                                QueryParameter.text("user", "Name of the user."),
                                QueryParameter.text("kind", "Kind of the object, e.g. activation.")))
                        .needs(Verb.READ, Kind.CHANGE)
                        .answersPage(ChangeView.class, this::changes));
    }

    private StatusView status(Call<Nothing> call) {
        Map<String, Long> tasks = audit.openTasks().await();
        String durability = log.durability().await().name().toLowerCase(Locale.ROOT);
        return new StatusView("good", durability, tasks);
    }

    private Envelope<ChangeView> changes(Call<Nothing> call) {
        return call.envelope(audit.changes(call.page()).await(), ChangeView::of);
    }

    /**
     * Version of this server.
     *
     * @param timeZone in which times are shown
     * @param version of the product
     * @param deploymentType always {@code reflexarc}
     */
    public record ConfigView(String timeZone, String version, String deploymentType) {}

    /**
     * Whether the site works.
     *
     * @param status {@code good}; when a dependency is down the answer is a problem
     * @param durability {@code strict}, or {@code relaxed} when an acknowledged event may be lost
     * @param openTasks tasks that have not ended, by state
     */
    public record StatusView(String status, String durability, Map<String, Long> openTasks) {}

    /**
     * A change by a person.
     *
     * @param at when
     * @param user name of the user
     * @param verb what was done
     * @param kind to what
     * @param object its id
     * @param details what was sent, secrets masked
     */
    public record ChangeView(
            Instant at,
            String user,
            String verb,
            String kind,
            String object,
            @AnyObject JsonText details) {
        static ChangeView of(Change one) {
            return new ChangeView(one.at(), one.user(), one.verb(), one.kind(), one.object(), one.details());
        }
    }
}
