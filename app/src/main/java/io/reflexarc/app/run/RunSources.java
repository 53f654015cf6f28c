// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.app.source.RulebookSources;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.PreparedSource;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.eventstream.source.RunningSource;
import io.reflexarc.eventstream.source.SourceRuntime;
import io.reflexarc.eventstream.source.SourceState;
import io.reflexarc.eventstream.source.SourceWorld;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.SourceSpec;
import io.vertx.core.Future;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The sources of a run. */
final class RunSources {
    private static final long STOP_SECONDS = 5;

    private final RulebookSources sources;
    private final JsonText variables;
    private final Map<String, StreamId> streams;
    private final SourceRuntime runtime;
    private final List<RunningSource> running = new ArrayList<>();

    /** Sources whose arguments are rendered with these variables; the events of a ruleset go to its stream. */
    RunSources(RunWorld world, Templates templates, JsonText variables, Map<String, StreamId> streams) {
        this.sources = new RulebookSources(templates, world.plugins());
        this.variables = variables;
        this.streams = streams;
        this.runtime = new SourceRuntime(new SourceWorld(
                world.time(),
                ZoneId.systemDefault(),
                world.random(),
                world.environment(),
                world.directory(),
                world.resources(),
                world.printer()));
    }

    /** Starts all sources of a ruleset. One that cannot be started has failed, as one that stumbles later. */
    void start(Ruleset ruleset, RunInbox inbox) {
        StreamId stream = Objects.requireNonNull(streams.get(ruleset.name()));
        for (SourceSpec spec : ruleset.sources()) {
            try {
                PreparedSource ready = sources.prepare(spec, variables);
                RunningSource source = runtime.start(
                        ready,
                        events -> inbox.add(events.stream()
                                .map(event -> new RunInput.Event(stream, event))
                                .toList()));
                source.end().onSuccess(state -> ended(ready.type(), state, inbox));
                running.add(source);
            } catch (ProblemException e) {
                inbox.put(new RunInput.SourceEnded(spec.plugin(), Optional.of(e.detail())));
            }
        }
    }

    private static void ended(String type, SourceState state, RunInbox inbox) {
        switch (state) {
            case SourceState.Ended ended -> inbox.put(new RunInput.SourceEnded(type, Optional.empty()));
            case SourceState.Failed failed -> inbox.put(new RunInput.SourceEnded(type, Optional.of(failed.message())));
            case SourceState.Stopped stopped -> {
                // We told it to
            }
            case SourceState.Running still -> {
                // Not an end
            }
        }
    }

    /** Asks all of them to stop. */
    void stop() {
        running.forEach(RunningSource::stop);
    }

    /** Waits until they have closed what they opened, for a while. */
    void join() {
        try {
            Future.join(running.stream().map(RunningSource::end).toList())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // One that does not listen ends with the process
        }
    }
}
