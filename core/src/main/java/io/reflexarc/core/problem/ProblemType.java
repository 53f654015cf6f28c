// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.problem;

import java.util.Locale;

/** The kinds of foreseen trouble. The slug is the last part of the problem's {@code type} URI and never changes. */
public enum ProblemType {
    BAD_REQUEST(400, "Bad request"),
    UNAUTHENTICATED(401, "Not authenticated"),
    FORBIDDEN(403, "Not permitted"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    CONFLICT(409, "Conflict"),
    GONE(410, "Gone"),
    PRECONDITION_FAILED(412, "Changed in the meantime"),
    PAYLOAD_TOO_LARGE(413, "Payload too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    INVALID(422, "Invalid input"),
    RULEBOOK_INVALID(422, "Rulebook invalid"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    /** The log of this site was lost or belongs to another incarnation: nothing is taken until an operator opens a new one. */
    LOG_LOST(503, "Event log lost"),
    /** An inbox has reached its bound. */
    LOG_FULL(503, "Event log full"),
    /** A server that we depend on does not answer. */
    DEPENDENCY_DOWN(503, "A dependency is down"),
    INTERNAL(500, "Internal error");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** HTTP status code. */
    public int status() {
        return status;
    }

    /** Short, stable summary in English. */
    public String title() {
        return title;
    }

    /** Lower-case name with dashes, e.g. {@code log-full}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
