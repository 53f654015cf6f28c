// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.file;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Source;

/** Sources that look at files. */
public sealed interface FileSource extends Source permits FileFacts, FileWatch {
    /** A wrong argument or file. */
    static ProblemException wrong(String sentence) {
        return new ProblemException(ProblemType.INVALID, sentence);
    }
}
