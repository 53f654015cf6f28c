// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a process does. Every role can be killed at any moment and run twice. */
public enum Role {
    API,
    LIVE,
    EVENT_STREAM,
    ACTIVATION,
    WORKER,
    SCHEDULER;

    /** Lower case with dashes, as on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads a comma-separated list. */
    public static Set<Role> parse(String list) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String label : list.split(",", -1)) {
            roles.add(Arrays.stream(values())
                    .filter(role -> role.label().equals(label.strip()))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.INVALID,
                            "There is no role \"" + label.strip() + "\"; roles are "
                                    + Arrays.stream(values()).map(Role::label).collect(Collectors.joining(", "))
                                    + ".")));
        }
        return roles;
    }
}
