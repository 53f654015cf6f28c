// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.account;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A verb on a kind of object, e.g. {@code read:decision}.
 *
 * @param verb what is done
 * @param kind to what
 */
public record Permission(Verb verb, Kind kind) {
    private static final Set<Kind> OPERATIONAL = Set.of(Kind.EVENT_STREAM, Kind.RULEBOOK, Kind.ACTIVATION, Kind.TASK);
    private static final Set<Kind> VIEWABLE =
            Set.of(Kind.EVENT_STREAM, Kind.RULEBOOK, Kind.ACTIVATION, Kind.DECISION, Kind.TASK, Kind.EVENT, Kind.LIVE);

    /** The one table: role → verb → kinds. */
    private static final Map<Role, Map<Verb, Set<Kind>>> TABLE = Map.of(
            Role.ADMIN,
                    Map.of(
                            Verb.READ,
                            Set.of(Kind.values()),
                            Verb.WRITE,
                            Set.of(Kind.values()),
                            Verb.OPERATE,
                            Set.of(Kind.values())),
            Role.OPERATOR, Map.of(Verb.READ, VIEWABLE, Verb.WRITE, OPERATIONAL, Verb.OPERATE, OPERATIONAL),
            Role.VIEWER, Map.of(Verb.READ, VIEWABLE),
            Role.AUDITOR, Map.of(Verb.READ, Set.of(Kind.values())));

    /** Whether users of a role have this permission. */
    public boolean allows(Role role) {
        return TABLE.getOrDefault(role, Map.of()).getOrDefault(verb, Set.of()).contains(kind);
    }

    /** {@code verb:kind}. */
    @Override
    public String toString() {
        return (verb + ":" + kind).toLowerCase(Locale.ROOT);
    }

    /** What is done. */
    public enum Verb {
        READ,
        /** Create, change, delete. */
        WRITE,
        /** Enable, disable, retry, drop, cancel. */
        OPERATE
    }

    /** To what. */
    public enum Kind {
        EVENT_STREAM,
        RULEBOOK,
        ACTIVATION,
        DECISION,
        TASK,
        EVENT,
        LIVE,
        USER,
        CHANGE
    }
}
