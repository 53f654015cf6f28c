// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.SessionMemory;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.id.EventId;
import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.LogEntry;
import io.reflexarc.engine.decision.Glimpse;
import io.reflexarc.engine.decision.RulebookSession;
import io.reflexarc.engine.decision.SessionPlan;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.Rulebook;
import io.reflexarc.rulebooks.RulebookParser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryWordsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final StreamId STREAM = new StreamId(new UUID(0, 1));
    private static final String RULEBOOK = """
            - name: watch
              hosts: all
              sources:
                - name: in
                  ansible.eda.webhook:
              rules:
                - name: pair
                  condition:
                    all:
                      - event.a is defined
                      - event.b is defined
                  action:
                    debug:
                - name: quiet
                  condition:
                    not_all:
                      - event.start == "x"
                      - event.end == "x"
                    timeout: 5 minutes
                  action:
                    debug:
                - name: calm
                  condition: event.c == 1
                  throttle:
                    once_within: 10 minutes
                    group_by_attributes:
                      - event.host
                  action:
                    set_fact:
                      fact:
                        seen: true
                - name: keeps
                  condition: event.seen == true
                  action:
                    none:
                - name: idle
                  enabled: false
                  condition: event.z == 1
                  action:
                    none:
            """;

    private final Templates templates = new Templates();
    private final Rulebook rulebook =
            new RulebookParser(Set.of(), templates::text).parse(RULEBOOK, "r.yml", JsonText.EMPTY_OBJECT);
    private final RulebookSession session = new RulebookSession(new SessionPlan(
            InboxId.of(new ActivationId(1)),
            new Incarnation(new UUID(5, 5)),
            rulebook,
            1,
            JsonText.EMPTY_OBJECT,
            Map.of("in", STREAM),
            ExecutionStrategy.SEQUENTIAL,
            templates,
            new ActionCatalogue(List.of())));
    private int entries;

    @AfterEach
    void close() {
        session.close();
    }

    private void event(String body) {
        entries++;
        session.take(new LogEntry.Arrived(
                new Position(entries, 0),
                START.plusSeconds(entries),
                new EventId("e" + entries),
                STREAM,
                JsonText.ofString(body)));
    }

    private SessionMemory.OfRuleset words(Glimpse glimpse) {
        return new MemoryWords(
                        rulebook.rulesets().getFirst(),
                        Objects.requireNonNull(glimpse.rulesets().get("watch")))
                .words();
    }

    @Test
    void tellsWhatWaitsAndWhatItWaitsFor() {
        event("{\"a\": 1}");
        event("{\"start\": \"x\"}");
        event("{\"c\": 1, \"host\": \"web1\"}");
        event("{\"c\": 1, \"host\": \"web1\"}");

        var seen = words(Glimpse.of(session, rulebook, 100));

        assertThat(seen.partials()).hasSize(1);
        assertThat(seen.partials().getFirst().rule()).isEqualTo("pair");
        assertThat(seen.partials().getFirst().id()).isEqualTo("e1");
        assertThat(seen.partials().getFirst().fulfils()).isEqualTo("event.a is defined");
        assertThat(seen.partials().getFirst().waitsFor()).contains("event.b is defined");
        assertThat(seen.windows())
                .extracting(SessionMemory.Window::rule, SessionMemory.Window::missing)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("quiet", List.of("event.end == \"x\"")));
        assertThat(seen.throttles()).hasSize(1);
        assertThat(seen.throttles().getFirst().group()).contains("web1");
        assertThat(seen.throttles().getFirst().until()).isEqualTo(START.plusSeconds(603));
        assertThat(seen.facts()).extracting(fact -> fact.body().toString()).allMatch(body -> body.contains("seen"));
        assertThat(seen.rules())
                .extracting(rule -> rule.rule() + " " + rule.matched() + " " + rule.suppressed() + " " + rule.enabled())
                .containsExactly(
                        "pair 0 0 true", "quiet 0 0 true", "calm 1 1 true", "keeps 1 0 true", "idle 0 0 false");
    }

    @Test
    void aSnapshotTellsTheSame() {
        event("{\"a\": 1}");
        event("{\"c\": 1, \"host\": \"web1\"}");

        assertThat(words(Glimpse.of(session.state(), 100))).isEqualTo(words(Glimpse.of(session, rulebook, 100)));
    }

    @Test
    void ofManyItemsTheNewestAreShownAndAllAreCounted() {
        for (int i = 0; i < 30; i++) {
            event("{\"a\": " + i + ", \"long\": \"" + "x".repeat(i == 29 ? 20_000 : 1) + "\"}");
        }

        Glimpse glimpse = Glimpse.of(session, rulebook, 10);
        var seen = words(glimpse);

        assertThat(seen.events()).isEqualTo(30);
        assertThat(Objects.requireNonNull(glimpse.rulesets().get("watch")).newest())
                .hasSize(10);
        assertThat(JsonText.of(glimpse).size()).isLessThan(20_000);
        assertThat(seen.partials())
                .extracting(SessionMemory.Partial::id)
                .startsWith("e29")
                .hasSize(9);
    }

    @Test
    void aGlimpseSurvivesTheWire() {
        event("{\"a\":1}");
        event("{\"start\":\"x\"}");
        Glimpse glimpse = Glimpse.of(session, rulebook, 100);

        assertThat(JsonText.of(glimpse).as(Glimpse.class)).isEqualTo(glimpse);
    }
}
