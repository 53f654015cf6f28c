// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import io.reflexarc.core.decision.Explanations.Occurrence;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.MetaInfo;
import io.reflexarc.engine.decision.ArrivalFilters;
import io.reflexarc.engine.decision.ArrivalFilters.Declared;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.SourceSpec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * The streams that events are played through, as production has them: one for all events of the same sources, which every
 * ruleset with one of these sources gets, each through the filters that it declares.
 */
final class Streams {
    private final Map<String, Set<StreamId>> byRuleset = new HashMap<>();
    private final Map<String, Map<StreamId, Declared>> filters = new HashMap<>();
    private final BiFunction<String, JsonText, Filter> made;

    Streams(Rulebook rulebook, List<Occurrence> events, BiFunction<String, JsonText, Filter> made) {
        this.made = made;
        for (Ruleset ruleset : rulebook.rulesets()) {
            Set<StreamId> streams = new HashSet<>();
            byRuleset.put(ruleset.name(), streams);
            for (Occurrence event : events) {
                if (gets(ruleset, event) && streams.add(of(event)) && !event.filtered()) {
                    ruleset.sources().stream()
                            .filter(source -> event.sources().contains(source.name()))
                            .forEach(source -> declare(ruleset, source, of(event)));
                }
            }
        }
    }

    /** Whether a ruleset listens to where an event came from. */
    static boolean gets(Ruleset ruleset, Occurrence event) {
        return event.sources().isEmpty()
                || ruleset.sources().stream().map(SourceSpec::name).anyMatch(event.sources()::contains);
    }

    private void declare(Ruleset ruleset, SourceSpec source, StreamId stream) {
        List<Filter> declared = source.filters().stream()
                .map(filter -> made.apply(filter.plugin(), filter.arguments()))
                .toList();
        if (!declared.isEmpty() && declared.stream().allMatch(Filter::pure)) {
            filters.computeIfAbsent(ruleset.name(), unused -> new HashMap<>())
                    .put(stream, new Declared(new MetaInfo(source.name(), source.plugin()), declared));
        }
    }

    /** Where an event arrives. */
    static StreamId of(Occurrence event) {
        String named = event.filtered() + String.join("\n", new TreeSet<>(event.sources()));
        return new StreamId(UUID.nameUUIDFromBytes(named.getBytes(StandardCharsets.UTF_8)));
    }

    /** Streams by the name of the ruleset that gets them. */
    Map<String, Set<StreamId>> byRuleset() {
        return byRuleset;
    }

    ArrivalFilters filters() {
        return new ArrivalFilters(filters);
    }
}
