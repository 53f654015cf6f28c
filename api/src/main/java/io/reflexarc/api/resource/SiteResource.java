// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Constraint.AnyObject;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Envelope;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.account.User;
import io.reflexarc.core.audit.AuditLog;
import io.reflexarc.core.audit.Change;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.EventLog;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** About this site and who is asking: configuration, status, changes, the user. */
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
                Endpoint.get(PATH + "users/me/", "The user who asks, and what it may do")
                        .signedIn()
                        .answers(200, UserView.class, call -> UserView.of(call.user())),
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
     * A user.
     *
     * @param id number
     * @param username unique
     * @param role what it is
     * @param organizationId where it belongs
     * @param permissions what it may do, e.g. {@code read:decision}
     */
    public record UserView(long id, String username, Role role, long organizationId, List<String> permissions) {
        static UserView of(User user) {
            Stream<Permission> all = Arrays.stream(Verb.values())
                    .flatMap(verb -> Arrays.stream(Kind.values()).map(kind -> new Permission(verb, kind)));
            return new UserView(
                    user.id(),
                    user.username(),
                    user.role(),
                    user.organization(),
                    all.filter(one -> one.allows(user.role()))
                            .map(Permission::toString)
                            .toList());
        }
    }

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
