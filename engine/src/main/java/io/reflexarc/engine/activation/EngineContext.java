// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.activation.FactsGatherer;
import io.reflexarc.core.activation.Leases;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.log.Incarnations;
import io.reflexarc.core.rulebook.RulebookStore;
import io.reflexarc.core.source.SourceHost;
import io.reflexarc.core.telemetry.Meters;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Everything outside the engine that running activations needs.
 *
 * @param log inboxes
 * @param incarnations which log is the right one
 * @param leases who runs what
 * @param decisions where decisions, tasks and positions are committed
 * @param activations configuration and status
 * @param rulebooks texts
 * @param live what is shown at once, and bells
 * @param meters counters
 * @param catalogue actions that workers know
 * @param parser reads rulebooks
 * @param templates render arguments
 * @param sources run what no event stream stands in for
 * @param clock wall clock; it decides when to try, never what
 * @param random jitter of waits
 * @param process name of this process, unique among those that run now
 * @param limits sizes and times
 * @param facts asks hosts what they are
 */
public record EngineContext(
        EventLog log,
        Incarnations incarnations,
        Leases leases,
        DecisionLog decisions,
        ActivationStore activations,
        RulebookStore rulebooks,
        LiveFeed live,
        Meters meters,
        ActionCatalogue catalogue,
        RulebookParser parser,
        Templates templates,
        SourceHost sources,
        InstantSource clock,
        RandomGenerator random,
        String process,
        Limits limits,
        FactsGatherer facts) {}
