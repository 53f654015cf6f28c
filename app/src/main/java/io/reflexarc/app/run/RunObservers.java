// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.action.ActionTask;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.decision.Printed;
import java.util.List;

/** Several observers, told one after the other. */
public final class RunObservers implements RunObserver {
    private final List<RunObserver> all;

    /** In this order. */
    public RunObservers(List<RunObserver> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void began(RunIdentity identity) {
        all.forEach(one -> one.began(identity));
    }

    @Override
    public void received(String ruleset, JsonText event) {
        all.forEach(one -> one.received(ruleset, event));
    }

    @Override
    public void printed(Printed printed) {
        all.forEach(one -> one.printed(printed));
    }

    @Override
    public void emitted(Emitted emitted) {
        all.forEach(one -> one.emitted(emitted));
    }

    @Override
    public void started(ActionReport.Started job) {
        all.forEach(one -> one.started(job));
    }

    @Override
    public void actionPrinted(ActionTask task, String text) {
        all.forEach(one -> one.actionPrinted(task, text));
    }

    @Override
    public void retried(ActionTask task, int attempt, String reason) {
        all.forEach(one -> one.retried(task, attempt, reason));
    }

    @Override
    public void ended(ActionReport report) {
        all.forEach(one -> one.ended(report));
    }

    @Override
    public void counted(RulesetStats stats) {
        all.forEach(one -> one.counted(stats));
    }

    @Override
    public void shutDown(String ruleset, RunShutdown shutdown) {
        all.forEach(one -> one.shutDown(ruleset, shutdown));
    }

    @Override
    public void failed(String sentence) {
        all.forEach(one -> one.failed(sentence));
    }

    @Override
    public void idle() {
        all.forEach(RunObserver::idle);
    }
}
