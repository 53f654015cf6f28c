// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.engine.decision.SessionPlan;

/** The versions of an activation's rulebook, each made ready to decide when it is asked for. */
@FunctionalInterface
interface Versions {
    /** Of an activation whose version never changes. */
    Versions NONE = version -> {
        throw new ProblemException(ProblemType.INVALID, "rulebook version " + version + " is not known here");
    };

    /** A version by its id; a problem of the caller's kind when this activation cannot run it. */
    Version of(long id);

    /**
     * A version ready to decide.
     *
     * @param number 1, 2, … within the rulebook
     * @param plan what decides
     */
    record Version(int number, SessionPlan plan) {}
}
