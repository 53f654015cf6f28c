// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.decision.OwnResult;
import io.reflexarc.core.id.DecisionId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Does the actions of the engine itself, when their turn has come. */
final class OwnEffects {
    private final Posts posts;
    private final Set<String> rulesets;
    private final SessionObserver observer;
    private final Closing closing;

    /** The rulesets are those that the session has at the time. */
    OwnEffects(Posts posts, Set<String> rulesets, SessionObserver observer, Closing closing) {
        this.posts = posts;
        this.rulesets = rulesets;
        this.observer = observer;
        this.closing = closing;
    }

    OwnResult perform(DecisionId decision, Effect effect) {
        return switch (effect) {
            case Effect.Nothing nothing -> succeeded("");
            case Effect.Print print -> printed(decision, print.lines());
            case Effect.Fail fail -> new OwnResult(false, fail.message(), "");
            case Effect.Post post -> posts.take(post, rulesets);
            case Effect.Retract retract -> posts.take(retract, rulesets);
            case Effect.ShutDown shutDown -> shutDown(decision, shutDown);
        };
    }

    private OwnResult printed(DecisionId decision, List<Printed> lines) {
        lines.forEach(line -> observer.printed(decision, line));
        return succeeded(lines.stream().map(Printed::text).collect(Collectors.joining("\n")));
    }

    private OwnResult shutDown(DecisionId decision, Effect.ShutDown shutDown) {
        observer.printed(decision, shutDown.shown());
        observer.shutDown(decision, shutDown.now(), shutDown.grace().toMillis() / 1000.0, shutDown.message());
        closing.close(shutDown.message(), shutDown.now() ? Duration.ZERO : shutDown.grace(), shutDown.now());
        return succeeded(shutDown.message());
    }

    private static OwnResult succeeded(String output) {
        return new OwnResult(true, "", output);
    }

    /** Ends a session. */
    @FunctionalInterface
    interface Closing {
        /** For this reason, after running actions have had so long; {@code atOnce} gives up what waits. */
        void close(String message, Duration grace, boolean atOnce);
    }
}
