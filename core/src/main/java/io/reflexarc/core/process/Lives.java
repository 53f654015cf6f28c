// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.process;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;

/**
 * Which processes of a site live. Each gives a sign that goes with it, so that the others need not wait until what it had runs
 * out. A mistake costs a moment, nothing else: whoever still lives is fenced by the epoch or the attempt of whoever takes over.
 */
public interface Lives {
    /**
     * Says that this process lives for this long; from the first call on it gives the sign, where that can be had. Answers
     * whether there are others to look after.
     *
     * @param process unique among all that ever ran
     * @param worker name of the worker that runs in it; empty when none does
     */
    Future<Boolean> live(String process, String worker, Duration length);

    /** Others whose sign is gone: killed, or for a moment cut off. Nobody is, for one who cannot give a sign himself. */
    Future<Set<String>> silent(String process);

    /**
     * Frees all that a process had which is still silent: leases and leadership can be had at once, its tasks are lost.
     * {@code false} when it is not silent, or somebody else was quicker.
     */
    Future<Boolean> bury(String process);

    /** It stops, and has given back what it had. */
    Future<Void> leave(String process);
}
