// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.List;

/** Runs the sources of activations beside their sessions, in the process that owns the activation. */
public interface SourceHost {
    /** Of a process that runs no sources. */
    SourceHost NONE = new SourceHost() {
        @Override
        public PreparedSource prepare(String name, String plugin, JsonText arguments, List<Filter> filters) {
            throw new ProblemException(ProblemType.INVALID, "sources are not run here");
        }

        @Override
        public Filter filter(String plugin, JsonText arguments) {
            throw new ProblemException(ProblemType.INVALID, "filters of sources are not run here");
        }

        @Override
        public Hosted start(ActivationId activation, long epoch, List<Wanted> sources) {
            throw new IllegalStateException("sources are not run here");
        }
    };

    /** Makes a source of its rendered arguments; {@code INVALID} names the plugin or the argument that is wrong. */
    PreparedSource prepare(String name, String plugin, JsonText arguments, List<Filter> filters);

    /** Makes a filter of its arguments; {@code INVALID} names the plugin or the argument that is wrong. */
    Filter filter(String plugin, JsonText arguments);

    /**
     * Starts sources and starts each again, after a while, when it fails. Their events carry the epoch of the owner, so that a
     * session ignores those that arrive after another one has taken over.
     */
    Hosted start(ActivationId activation, long epoch, List<Wanted> sources);

    /**
     * A source and where its events go.
     *
     * @param stream bound to the activation's inbox
     * @param called the stream's name for people
     * @param key tells it from the other sources of the activation, the same after a restart
     * @param source ready to run
     */
    record Wanted(StreamId stream, String called, String key, PreparedSource source) {}

    /** Sources that were started. */
    interface Hosted {
        /** What people should know about them: one that fails, one that has come to its end; empty when all is well. */
        String remark();

        /** Stops them all; returns at once. */
        void stop();
    }
}
