// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.generated;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Source;
import java.time.Duration;
import java.util.Optional;

/** Sources that need no system. */
public sealed interface GeneratedSource extends Source permits Generic, Range, Tick {
    /** Seconds as arguments give them. Less than nothing is nothing. */
    static Duration seconds(Optional<Double> seconds, double otherwise) {
        return Duration.ofNanos(Math.max(0, Math.round(seconds.orElse(otherwise) * 1e9)));
    }

    /** A wrong argument. */
    static ProblemException wrong(String sentence) {
        return new ProblemException(ProblemType.INVALID, sentence);
    }
}
