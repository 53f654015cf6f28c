// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.openapi;

import io.reflexarc.core.problem.FieldError;
import java.util.List;

/**
 * The body of every answer that is not a success (RFC 9457).
 *
 * @param type a URI whose last part names the kind of problem and never changes
 * @param title short and stable, in English
 * @param status HTTP status
 * @param detail what is wrong here and what to do about it
 * @param instance path of the request; for a fault of ours with the id under which it was logged
 * @param errors one entry for each wrong place
 */
public record Problem(String type, String title, int status, String detail, String instance, List<FieldError> errors) {
    /** Before the slug in {@link #type}. */
    public static final String TYPE_PREFIX = "https://reflexarc.io/problems/";

    public Problem {
        errors = List.copyOf(errors);
    }
}
