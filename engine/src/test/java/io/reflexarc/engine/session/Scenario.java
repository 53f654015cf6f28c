// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.Ruleset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A session told step by step; matches read like {@code "1000 rule m_0=e1 m_1=e2"}: time, rule, what was bound. */
final class Scenario implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RulesetSession session;
    private final List<String> seen = new ArrayList<>();

    Scenario(Ruleset ruleset) {
        session = RulesetSession.open(ruleset, START);
    }

    Scenario event(String id, String json) {
        return saw(session.event(new EventId(id), JsonText.ofString(json)));
    }

    Scenario fact(String id, String json) {
        return saw(session.fact(new EventId(id), JsonText.ofString(json)));
    }

    Scenario retract(String json, boolean partial) {
        return saw(session.retract(JsonText.ofString(json), partial));
    }

    Scenario at(long millis) {
        return saw(session.advanceTo(START.plusMillis(millis)));
    }

    RulesetSession session() {
        return session;
    }

    private Scenario saw(List<RuleMatch> matches) {
        for (RuleMatch match : matches) {
            StringBuilder line = new StringBuilder()
                    .append(Duration.between(START, match.at()).toMillis())
                    .append(' ')
                    .append(match.rule().name());
            match.matched()
                    .forEach(event ->
                            line.append(' ').append(event.binding()).append('=').append(event.id()));
            seen.add(line.toString());
        }
        return this;
    }

    /** Everything that was seen since the last time one asked. */
    Scenario decides(String... lines) {
        assertThat(seen).containsExactly(lines);
        seen.clear();
        return this;
    }

    @Override
    public void close() {
        session.close();
    }
}
