// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a running source is given beside its arguments. Safe for any thread. */
public interface SourceContext {
    /** Label of the source in its rulebook. */
    String name();

    /**
     * Hands events over, in order, and returns when the log has accepted them: only then may an offset advance. Waits while
     * the log has no room, so that a fast source is as slow as who reads it.
     *
     * @throws io.reflexarc.core.problem.ProblemException when a filter refuses an event
     * @throws InterruptedException when the source is to stop; nothing is known about the events then
     */
    void emit(List<SourceEvent> events) throws InterruptedException;

    /** One event; see {@link #emit(List)}. */
    default void emit(ObjectNode event) throws InterruptedException {
        emit(List.of(SourceEvent.of(event)));
    }

    /** Does nothing for so long; zero lets others go first. In tests and rehearsals no real time passes. */
    void sleep(Duration duration) throws InterruptedException;

    /** For sources whose events come on other threads: waits for the stop, which ends it with an {@link InterruptedException}. */
    void awaitStop() throws InterruptedException;

    /** The time that {@link #sleep} moves. */
    InstantSource clock();

    /** Where a source shows local time. */
    ZoneId zone();

    /** Chance. */
    RandomGenerator random();

    /** A variable of the environment that the rulebook runs in. */
    Optional<String> environment(String variable);

    /** Where this process keeps files of rulebooks. */
    Path directory();

    /**
     * The file that an argument names; a relative path begins at {@link #directory}.
     *
     * @throws io.reflexarc.core.problem.ProblemException {@code FORBIDDEN} where a process keeps sources to that directory
     */
    default Path file(String path) {
        return directory().resolve(path).normalize();
    }

    /** Shows a value to people at the terminal, in the way of this process; never a secret. */
    void print(JsonNode value);

    /** What the process lends to sources of this kind, e.g. a client or a policy. */
    <T> T resource(Class<T> type);
}
