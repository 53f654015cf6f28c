// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.aws;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Source;

/** Sources of Amazon Web Services. */
public sealed interface AwsSource extends Source permits SqsQueue {
    /** A wrong argument. */
    static ProblemException wrong(String sentence) {
        return new ProblemException(ProblemType.INVALID, sentence);
    }
}
