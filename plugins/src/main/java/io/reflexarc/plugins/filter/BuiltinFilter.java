// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.filter;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Filter;

/** Filters that know no system. */
public sealed interface BuiltinFilter extends Filter
        permits DashesToUnderscores, EventSplitter, InsertHostsToMeta, InsertMetaInfo, JsonFilter, Noop, NormalizeKeys {
    /** An event that a filter cannot cope with. */
    static ProblemException wrong(String sentence) {
        return new ProblemException(ProblemType.INVALID, sentence);
    }
}
