// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

/** The processes of a site under test, one for each; what they are called in tables and logs. */
enum Part {
    API("api,live"),
    INGRESS("event-stream"),
    ENGINE("activation"),
    WORKER("worker"),
    SCHEDULER("scheduler");

    private final String roles;

    Part(String roles) {
        this.roles = roles;
    }

    String roles() {
        return roles;
    }

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
