// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import picocli.CommandLine.Option;

/** How much may be under way. */
final class LimitOptions {
    private static final int USUAL_ACTIONS = 25;

    @Option(
            names = {"-m", "--max-concurrent-actions"},
            paramLabel = "N",
            defaultValue = "${env:EDA_MAX_CONCURRENT_ACTIONS:-0}",
            description = "most actions at a time (env EDA_MAX_CONCURRENT_ACTIONS; default: 0, which means 25)")
    int actions;

    @Option(
            names = "--max-back-pressure-timeout",
            paramLabel = "SECONDS",
            defaultValue = "${env:EDA_MAX_BACK_PRESSURE_TIMEOUT:-3600}",
            description =
                    "accepted, without effect: sources wait as long as it takes (env EDA_MAX_BACK_PRESSURE_TIMEOUT)")
    int backPressureTimeout;

    @Option(
            names = "--max-reporting-queue-size",
            paramLabel = "N",
            defaultValue = "${env:EDA_MAX_REPORTING_QUEUE_SIZE:-50}",
            description = "reports that may wait for the websocket before the run waits, too"
                    + " (env EDA_MAX_REPORTING_QUEUE_SIZE; default: 50)")
    int reports;

    @Option(
            names = "--max-batch-job-polling-size",
            paramLabel = "N",
            defaultValue = "${env:EDA_MAX_BATCH_JOB_POLLING_SIZE:-25}",
            description = "jobs asked after in one call (env EDA_MAX_BATCH_JOB_POLLING_SIZE; default: 25)")
    int jobs;

    int concurrency() {
        return actions > 0 ? actions : USUAL_ACTIONS;
    }
}
