// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.session.Note;

/**
 * Is told what the engine's own actions do, at once and in order, on the session's thread. It changes nothing of it: with or
 * without an observer a session decides the same.
 */
public interface SessionObserver {
    /** Nobody looks. */
    SessionObserver NONE = new SessionObserver() {};

    /** An action of this decision shows something. */
    default void printed(DecisionId decision, Printed printed) {}

    /** An event or a fact from inside reaches a ruleset, complete with its {@code meta}. */
    default void posted(String ruleset, boolean fact, JsonText body) {}

    /** Whether it wants to hear {@link #noted}, which costs time. */
    default boolean wantsNotes() {
        return false;
    }

    /** Something fulfils a rule of a ruleset and is no match. */
    default void noted(String ruleset, Note note) {}

    /** A ruleset forgets facts. */
    default void retracted(String ruleset, JsonText fact, boolean partial) {}

    /**
     * A rule ends the activation.
     *
     * @param decision whose action it is
     * @param now whether running actions are given up
     * @param seconds how long they are waited for otherwise
     * @param why as written
     */
    default void shutDown(DecisionId decision, boolean now, double seconds, String why) {}
}
