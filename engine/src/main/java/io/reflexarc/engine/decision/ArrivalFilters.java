// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.MetaInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filters of sources that an event stream stands in for. They are functions of the event alone, and belong to the version
 * of the rulebook; so they are applied when the session takes the event, again in every replay.
 *
 * @param byRuleset for a ruleset, by its name, the filters of its streams
 */
public record ArrivalFilters(Map<String, Map<StreamId, Declared>> byRuleset) {
    /** No filters. */
    public static final ArrivalFilters NONE = new ArrivalFilters(Map.of());

    private static final Logger LOGGER = LoggerFactory.getLogger(ArrivalFilters.class);

    public ArrivalFilters {
        byRuleset = Map.copyOf(byRuleset);
    }

    /** What a ruleset sees of an entry. An event that a filter cannot cope with is left out, with a warning. */
    public List<Arrival> apply(String ruleset, LogEntry.Arrived entry) {
        Declared declared = byRuleset.getOrDefault(ruleset, Map.of()).get(entry.stream());
        if (declared == null) {
            return List.of(new Arrival(entry.id(), entry.body()));
        }
        try {
            return declared.apply(entry);
        } catch (ProblemException e) {
            LOGGER.atWarn()
                    .addKeyValue("ruleset", ruleset)
                    .addKeyValue("event", entry.id())
                    .addKeyValue("reason", e.detail())
                    .log("a filter refuses an event");
            return List.of();
        }
    }

    /**
     * Filters as declared.
     *
     * @param meta of the source, for events that a filter has made
     * @param filters in order, at least one, all of them pure
     */
    public record Declared(MetaInfo meta, List<Filter> filters) {
        public Declared {
            filters = List.copyOf(filters);
        }

        private List<Arrival> apply(LogEntry.Arrived entry) {
            List<ObjectNode> events = List.of((ObjectNode) entry.body().tree());
            for (Filter filter : filters) {
                events = events.stream()
                        .flatMap(one -> filter.apply(one).stream())
                        .toList();
            }
            List<Arrival> arrivals = new ArrayList<>();
            for (int i = 0; i < events.size(); i++) {
                String id = events.size() == 1 ? entry.id().value() : entry.id() + "/" + i;
                EventId given = meta.insert(events.get(i), entry.stamp(), () -> id);
                arrivals.add(new Arrival(given, JsonText.of(events.get(i))));
            }
            return arrivals;
        }
    }
}
