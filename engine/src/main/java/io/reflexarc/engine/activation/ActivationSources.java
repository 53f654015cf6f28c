// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.MetaInfo;
import io.reflexarc.core.source.SourceHost.Hosted;
import io.reflexarc.core.source.SourceHost.Wanted;
import io.reflexarc.engine.decision.ArrivalFilters;
import io.reflexarc.engine.template.TemplateContext;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.SourceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sources of an activation. An event stream stands in for each that is mapped to one; its filters are applied in the
 * session. Each other one runs beside the session, as long as its owner has the lease.
 */
final class ActivationSources {
    private final EngineContext engine;
    private final Activation activation;
    private final Map<String, Set<StreamId>> streams = new HashMap<>();
    private final Map<String, Map<StreamId, ArrivalFilters.Declared>> filters = new HashMap<>();
    private final List<Wanted> wanted = new ArrayList<>();
    private Optional<Hosted> hosted = Optional.empty();

    /** {@code INVALID} names a source that can be neither. */
    ActivationSources(EngineContext engine, Activation activation, Rulebook rulebook) {
        this.engine = engine;
        this.activation = activation;
        for (Ruleset ruleset : rulebook.rulesets()) {
            streams.put(ruleset.name(), new HashSet<>());
            for (int i = 0; i < ruleset.sources().size(); i++) {
                SourceSpec source = ruleset.sources().get(i);
                try {
                    add(ruleset, source, i);
                } catch (ProblemException e) {
                    throw refused(ruleset, source, e);
                }
            }
        }
    }

    private static ProblemException refused(Ruleset ruleset, SourceSpec source, ProblemException e) {
        return new ProblemException(
                ProblemType.INVALID,
                "source \"" + source.name() + "\" of ruleset \"" + ruleset.name() + "\" at " + source.place() + ": "
                        + e.detail() + "; or map the source " + source.name() + " to an event stream of this site",
                e);
    }

    private void add(Ruleset ruleset, SourceSpec source, int index) {
        Optional<StreamId> mapped = Optional.ofNullable(activation.sources().get(source.name()));
        List<Filter> declared = source.filters().stream()
                .map(filter -> engine.sources().filter(filter.plugin(), filter.arguments()))
                .toList();
        StreamId stream = mapped.orElseGet(() -> StreamId.ofSources(activation.id(), ruleset.name()));
        streams.getOrDefault(ruleset.name(), new HashSet<>()).add(stream);
        if (mapped.isEmpty()) {
            JsonText arguments = engine.templates()
                    .render(
                            source.arguments(),
                            new TemplateContext(activation.variables().tree(), Map.of(), 0));
            String key = ruleset.name() + "/" + index;
            wanted.add(new Wanted(
                    stream, key, engine.sources().prepare(source.name(), source.plugin(), arguments, declared)));
        } else if (!declared.isEmpty()) {
            declare(ruleset, source, stream, declared);
        }
    }

    private void declare(Ruleset ruleset, SourceSpec source, StreamId stream, List<Filter> declared) {
        if (!declared.stream().allMatch(Filter::pure)) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "a filter in Python cannot act on the events of an event stream: use one of eda.builtin, or do not"
                            + " map this source");
        }
        ArrivalFilters.Declared all =
                new ArrivalFilters.Declared(new MetaInfo(source.name(), source.plugin()), declared);
        filters.computeIfAbsent(ruleset.name(), name -> new HashMap<>()).put(stream, all);
    }

    /** Streams whose events a ruleset gets, by its name. */
    Map<String, Set<StreamId>> streams() {
        return Map.copyOf(streams);
    }

    /** All streams, for the inbox. */
    Set<StreamId> all() {
        return streams.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    ArrivalFilters filters() {
        return new ArrivalFilters(filters);
    }

    /** Starts what runs beside the session, once. */
    void start(long epoch) {
        if (hosted.isEmpty() && !wanted.isEmpty()) {
            hosted = Optional.of(engine.sources().start(activation.id(), epoch, wanted));
        }
    }

    /** What people should know about those; empty when all is well. */
    String remark() {
        return hosted.map(Hosted::remark).orElse("");
    }

    void stop() {
        hosted.ifPresent(Hosted::stop);
    }
}
