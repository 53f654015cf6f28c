// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.postgresql;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Source;

/** Sources that are connected to PostgreSQL. */
public sealed interface PostgresqlSource extends Source permits PgListener {
    /** A wrong argument or message. */
    static ProblemException wrong(String sentence) {
        return new ProblemException(ProblemType.INVALID, sentence);
    }
}
