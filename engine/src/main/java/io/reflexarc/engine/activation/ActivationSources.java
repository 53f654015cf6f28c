// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import io.reflexarc.core.activation.Activation;
import io.reflexarc.core.history.RecordedStream;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.LiveUpdate.Part;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sources of an activation. An event stream stands in for each that is mapped to one; its filters are applied in the
 * session. Each other one runs beside the session, as long as its owner has the lease.
 */
final class ActivationSources {
    private final EngineContext engine;
    private final Activation activation;
    private final Map<String, Set<StreamId>> streams = new HashMap<>();
    private final Map<String, Map<StreamId, ArrivalFilters.Declared>> filters = new HashMap<>();
    private final List<Written> wanted = new ArrayList<>();
    private final Map<String, Running> running = new LinkedHashMap<>();

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
            Wanted one = new Wanted(
                    stream,
                    called(ruleset),
                    key,
                    engine.sources().prepare(source.name(), source.plugin(), arguments, declared));
            wanted.add(new Written(one, List.of(source.name(), source.plugin(), arguments, filters(source))));
        } else if (!declared.isEmpty()) {
            declare(ruleset, source, stream, declared);
        }
    }

    private String called(Ruleset ruleset) {
        return RecordedStream.nameOf(
                activation.name(),
                ruleset.sources().stream()
                        .map(SourceSpec::name)
                        .filter(name -> !activation.sources().containsKey(name))
                        .collect(Collectors.toSet()));
    }

    private static List<Object> filters(SourceSpec source) {
        return source.filters().stream()
                .<Object>map(filter -> List.of(filter.plugin(), filter.arguments()))
                .toList();
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

    /** Which sources bring the events of each stream, as parts of this rulebook. */
    Map<StreamId, List<Part>> parts(long rulebook) {
        Map<StreamId, List<Part>> parts = new HashMap<>();
        streams.forEach((ruleset, all) -> all.forEach(stream -> {
            List<Part> mapped = activation.sources().entrySet().stream()
                    .filter(source -> source.getValue().equals(stream))
                    .map(source -> new Part("source", rulebook, ruleset, source.getKey()))
                    .toList();
            parts.computeIfAbsent(stream, unused -> new ArrayList<>())
                    .addAll(mapped.isEmpty() ? List.of(new Part("source", rulebook, ruleset, "")) : mapped);
        }));
        return parts;
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
        for (Written one : wanted) {
            if (!one.same(running.get(one.wanted().key()))) {
                start(one, epoch);
            }
        }
    }

    private void start(Written one, long epoch) {
        Hosted hosted = engine.sources().start(activation.id(), epoch, List.of(one.wanted()));
        running.put(one.wanted().key(), new Running(one, hosted));
    }

    /** Takes the place of another version's: a source that is written as before runs on, the others stop and start. */
    void succeed(ActivationSources before, long epoch) {
        Map<String, Written> kept =
                wanted.stream().collect(Collectors.toMap(one -> one.wanted().key(), one -> one));
        before.running.forEach((key, old) -> {
            Written now = kept.get(key);
            if (now != null && now.same(old)) {
                running.put(key, old);
            } else {
                old.hosted().stop();
            }
        });
        before.running.clear();
        start(epoch);
    }

    /** What people should know about those; empty when all is well. */
    String remark() {
        return running.values().stream()
                .map(one -> one.hosted().remark())
                .filter(said -> !said.isEmpty())
                .findFirst()
                .orElse("");
    }

    void stop() {
        running.values().forEach(one -> one.hosted().stop());
        running.clear();
    }

    /** A source that is to run, and how it is written: two that are written alike are one. */
    private record Written(Wanted wanted, List<Object> text) {
        boolean same(@Nullable Running other) {
            return other != null && other.written().text.equals(text);
        }
    }

    private record Running(Written written, Hosted hosted) {}
}
