// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.app.run.RunObserver;
import io.reflexarc.app.run.RunShutdown;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.decision.Printed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.000678Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TerminalObserver observer = new TerminalObserver(
            new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), () -> NOW, ZoneOffset.UTC, 80),
            true,
            false);

    @Test
    void aBannerSurroundsWhatAnActionShows() {
        observer.printed(new Printed("debug", JsonText.ofString("{\"b\": [1, null], \"a\": true}"), false));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""

                ** 2026-01-02 03:04:05.000678 [debug] ******************************************
                {'b': [1, None], 'a': True}
                ********************************************************************************
                """);
    }

    @Test
    void anEventIsShownBeforeItIsDecided() {
        observer.received("rs", JsonText.ofString("{\"i\": 1}"));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""

                ** 2026-01-02 03:04:05.000678 [received event] *********************************
                Ruleset: rs
                Event:
                {'i': 1}
                ********************************************************************************
                """);
    }

    @Test
    void theEndOfARunIsShownAmongTheEvents() {
        observer.shutDown("rs", new RunShutdown("Source range initiated shutdown", 60, "graceful", "range"));

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("""
                Shutdown(message='Source range initiated shutdown',
                         delay=60.0,
                         kind='graceful',
                         source_plugin='range')
                """);
    }

    @Test
    void whatAPlaybookFoundOutIsShownAmongTheEvents() {
        var found = JsonText.ofString("{\"k\": 1, \"meta\": {\"source\": {\"name\": \"run_playbook\"}}}")
                .tree();
        observer.emitted(new RunObserver.Emitted(RunObserver.Effect.FACT, "rs", found, false));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("[playbook: set-facts]")
                .contains("{'k': 1, 'meta': {'source': {'name': 'run_playbook'}}}");
    }
}
