// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.terminal;

import com.fasterxml.jackson.databind.node.TextNode;
import io.reflexarc.app.run.ActionReport;
import io.reflexarc.app.run.RunObserver;
import io.reflexarc.app.run.RunShutdown;
import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.decision.Printed;
import io.reflexarc.engine.template.PythonText;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a run at a terminal. */
public final class TerminalObserver implements RunObserver {
    private static final Logger LOGGER = LoggerFactory.getLogger("reflexarc.run");
    private static final String RECEIVED = "received event";

    private static final Map<String, String> FOUND_OUT = Map.of(
            "run_playbook", "playbook",
            "run_module", "module",
            "run_job_template", "job",
            "run_workflow_template", "workflow");

    private final Terminal terminal;
    private final boolean printEvents;
    private final boolean dryRun;

    /** Also shows every event before it is decided, or names actions that are not run. */
    public TerminalObserver(Terminal terminal, boolean printEvents, boolean dryRun) {
        this.terminal = terminal;
        this.printEvents = printEvents;
        this.dryRun = dryRun;
    }

    @Override
    public void received(String ruleset, JsonText event) {
        if (printEvents) {
            received(ruleset, PythonText.pretty(event.tree()));
        }
    }

    private void received(String ruleset, String what) {
        terminal.banner(RECEIVED, "Ruleset: " + ruleset + "\nEvent:\n" + what);
    }

    @Override
    public void printed(Printed printed) {
        terminal.banner(printed.channel(), printed.content().tree(), printed.pretty());
    }

    /** What a playbook or a job found out is shown like an event. */
    @Override
    public void emitted(Emitted emitted) {
        String banner = FOUND_OUT.get(emitted.body().at("/meta/source/name").asText());
        if (printEvents && banner != null) {
            terminal.banner(banner + ": set-facts", emitted.body(), true);
        }
    }

    @Override
    public void started(ActionReport.Started job) {
        if (dryRun) {
            var named = Json.mapper()
                    .createObjectNode()
                    .put("action", job.task().action())
                    .put("ruleset", job.decision().ruleset())
                    .put("rule", job.decision().rule());
            named.set("args", job.task().arguments().tree());
            terminal.banner("dry run", named, true);
        }
    }

    @Override
    public void actionPrinted(ActionTask task, String text) {
        terminal.write(text);
        terminal.flush();
    }

    @Override
    public void retried(ActionTask task, int attempt, String reason) {
        LOGGER.warn(
                "Previous {} failed. Retry {} of {}",
                task.action(),
                attempt,
                task.retry().attempts() - 1);
    }

    @Override
    public void ended(ActionReport report) {
        if (!report.succeeded()) {
            LOGGER.error("Error calling action {}, err {}", report.name(), report.message());
        }
    }

    @Override
    public void failed(String sentence) {
        LOGGER.error("Source error: {}", sentence);
    }

    @Override
    public void shutDown(String ruleset, RunShutdown shutdown) {
        if (printEvents) {
            received(ruleset, dataclass(shutdown));
        }
    }

    /** As Python's pprint shows the object that ends a run there. */
    private static String dataclass(RunShutdown shutdown) {
        List<String> fields = List.of(
                "message=" + PythonText.repr(TextNode.valueOf(shutdown.message())),
                "delay=" + PythonText.repr(Json.mapper().valueToTree(shutdown.seconds())),
                "kind=" + PythonText.repr(TextNode.valueOf(shutdown.kind())),
                "source_plugin=" + PythonText.repr(TextNode.valueOf(shutdown.sourcePlugin())));
        String line = "Shutdown(" + String.join(", ", fields) + ")";
        return line.length() <= Terminal.DEFAULT_WIDTH ? line : "Shutdown(" + String.join(",\n         ", fields) + ")";
    }

    @Override
    public void idle() {
        terminal.flush();
    }
}
