// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.DecisionId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.engine.decision.Printed;
import io.reflexarc.engine.decision.RulebookSession;
import io.reflexarc.engine.decision.SessionObserver;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.condition.StringTemplate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session that threw in the middle of an entry is made again as it was before it. */
class RunJournalTest {
    private static final StreamId STREAM = new StreamId(new UUID(0, 1));
    private static final String PAIRS = """
            - name: pairs
              hosts: all
              sources:
                - name: events
                  ansible.eda.generic: {}
              rules:
                - name: pair
                  condition:
                    all:
                      - events.first << event.begin is defined
                      - event.end == events.first.begin
                  action:
                    debug:
            """;

    private final SessionPlan plan = new SessionPlan(
            InboxId.of(new ActivationId(1)),
            new Incarnation(new UUID(3, 3)),
            new RulebookParser(Set.of(), StringTemplate.NONE).parse(PAIRS, "pairs.yml", JsonText.EMPTY_OBJECT),
            1,
            JsonText.EMPTY_OBJECT,
            Map.of("events", STREAM),
            ExecutionStrategy.SEQUENTIAL,
            new Templates(),
            new ActionCatalogue(List.of()));
    private int shown;

    private final RunJournal journal = new RunJournal(plan, new SessionObserver() {
        @Override
        public void printed(DecisionId decision, Printed printed) {
            shown++;
        }
    });

    private static LogEntry entry(int n) {
        String name = n % 2 == 0 ? "begin" : "end";
        return new LogEntry.Arrived(
                new Position(1, n + 1),
                Instant.ofEpochSecond(n),
                new EventId("e" + n),
                STREAM,
                JsonText.ofString("{\"" + name + "\":" + n / 4 + "}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, RunJournal.ENTRIES - 1, RunJournal.ENTRIES, RunJournal.ENTRIES + 1, 2_345})
    void nothingOfTheEntryThatFailedIsLeft(int count) {
        RulebookSession session = new RulebookSession(plan, journal);
        for (int n = 0; n < count; n++) {
            session.take(entry(n));
            journal.taken(entry(n), session);
        }
        JsonText before = session.state();
        int shownBefore = shown;

        session.take(entry(count));
        session.close();
        RulebookSession again = journal.again();

        assertThat(again.state()).isEqualTo(before);
        int shownAgain = shown;
        again.take(entry(count));
        assertThat(shown - shownAgain).isEqualTo(shownAgain - shownBefore);
        again.close();
    }
}
