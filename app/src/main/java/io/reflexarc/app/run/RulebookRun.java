// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.Ruleset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One run of a rulebook, from its text to its end, without any server: what {@code reflexarc run} does, and what
 * {@code reflexarc conformance} does in virtual time. It prints nothing itself.
 *
 * <pre>{@code
 * var run = new RulebookRun(RunRequest.of(yaml, "rulebook.yml"), world, observer);
 * int exitCode = run.run();
 * }</pre>
 */
public final class RulebookRun {
    private static final ActivationId ACTIVATION = new ActivationId(1);

    private final RunRequest request;
    private final RunWorld world;
    private final RunObserver observer;
    private final AtomicReference<Optional<RunLoop>> loop = new AtomicReference<>(Optional.empty());
    private volatile boolean stopped;

    /** A run of this request in this world, begun by {@link #run}. */
    public RulebookRun(RunRequest request, RunWorld world, RunObserver observer) {
        this.request = request;
        this.world = world;
        this.observer = observer;
    }

    /**
     * Runs until a source has ended, a rule has said {@code shutdown}, or {@link #stop} was called. The calling thread is the
     * run's own.
     *
     * @return 0, or 1 when a source failed
     * @throws ProblemException when the rulebook cannot be run at all: it is wrong, or something that it needs is missing
     */
    public int run() throws InterruptedException {
        Templates templates = new Templates(request.secrets());
        Rulebook rulebook = new RulebookParser(world.actions().names(), templates::text)
                .parse(request.rulebook(), request.fileName(), request.variables());
        StartChecks.check(rulebook, request, world);
        Map<String, StreamId> streams = streams(rulebook);
        RunLoop running = new RunLoop(request, world, observer, plan(rulebook, streams, templates));
        loop.set(Optional.of(running));
        if (stopped) {
            running.stop();
        }
        return running.run(new RunSources(world, templates, request.variables(), streams));
    }

    /** Ends it soon: running actions are cancelled, sources closed. From any thread, at any time, more than once. */
    public void stop() {
        stopped = true;
        loop.get().ifPresent(RunLoop::stop);
    }

    /** A stream for each ruleset: two rulesets may have sources of one name. */
    private Map<String, StreamId> streams(Rulebook rulebook) {
        Map<String, StreamId> streams = new LinkedHashMap<>();
        for (Ruleset ruleset : rulebook.rulesets()) {
            streams.put(ruleset.name(), new StreamId(new UUID(ACTIVATION.value(), streams.size() + 1L)));
        }
        return streams;
    }

    private SessionPlan plan(Rulebook rulebook, Map<String, StreamId> streams, Templates templates) {
        Map<String, Set<StreamId>> byRuleset = new LinkedHashMap<>();
        streams.forEach((ruleset, stream) -> byRuleset.put(ruleset, Set.of(stream)));
        UUID incarnation = new UUID(world.random().nextLong(), world.random().nextLong());
        return new SessionPlan(
                InboxId.of(ACTIVATION),
                new Incarnation(incarnation),
                rulebook,
                1,
                request.variables(),
                byRuleset,
                request.options().strategy(),
                request.options().shutdownDelay(),
                templates,
                world.actions());
    }
}
