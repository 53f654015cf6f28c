// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.decision.Decision;
import io.reflexarc.core.decision.MatchedEvent;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Compares what a replay decided with the committed rows, in what can never change afterwards. */
final class Rows {
    private Rows() {}

    /** The first difference, as a sentence. */
    static Optional<String> difference(List<Decision> committed, List<Decision> made) {
        for (int i = 0; i < Math.max(committed.size(), made.size()); i++) {
            if (i >= made.size()) {
                return Optional.of("decision " + name(committed.get(i)) + " is committed but was not made again");
            }
            if (i >= committed.size()) {
                return Optional.of("decision " + name(made.get(i)) + " was made but is not committed");
            }
            if (!Row.of(committed.get(i)).equals(Row.of(made.get(i)))) {
                return Optional.of("decision " + name(committed.get(i)) + " was made again as " + name(made.get(i))
                        + " or with other events or arguments");
            }
        }
        return Optional.empty();
    }

    private static String name(Decision decision) {
        return decision.id() + " (" + decision.ruleset() + "/" + decision.rule() + " at entry " + decision.entry()
                + ")";
    }

    private record Row(
            DecisionId id,
            String ruleset,
            String rule,
            Instant at,
            boolean late,
            List<Bound> matched,
            List<Doing> actions) {
        static Row of(Decision decision) {
            return new Row(
                    decision.id(),
                    decision.ruleset(),
                    decision.rule(),
                    decision.at().truncatedTo(ChronoUnit.MILLIS),
                    decision.late(),
                    decision.matched().stream().map(Bound::of).sorted().toList(),
                    decision.actions().stream()
                            .map(action -> new Doing(
                                    action.index(),
                                    action.name(),
                                    action.arguments().tree()))
                            .toList());
        }
    }

    private record Bound(String binding, EventId id) implements Comparable<Bound> {
        static Bound of(MatchedEvent event) {
            return new Bound(event.binding(), event.id());
        }

        @Override
        public int compareTo(Bound other) {
            return binding.compareTo(other.binding);
        }
    }

    private record Doing(int index, String name, JsonNode arguments) {}
}
