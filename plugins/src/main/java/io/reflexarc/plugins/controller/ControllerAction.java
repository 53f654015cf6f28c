// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.action.ActionContext;
import io.reflexarc.core.action.ActionOutcome;
import io.reflexarc.core.action.RetryPolicy;
import io.reflexarc.core.action.TaskTerms;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.plugins.outbound.OutboundUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an automation controller does for us, with the arguments that all of it takes. */
public sealed interface ControllerAction extends Action permits RunJobTemplate, RunWorkflowTemplate {
    /** Jobs may take long, and waiting for one costs little. */
    Duration LONGEST = Duration.ofDays(1);

    /** Of the template. */
    String name();

    /** That the template belongs to. */
    String organization();

    /** Handed to the launch: {@code extra_vars}, {@code limit}, {@code inventory} and whatever else the template asks for. */
    Optional<JsonText> jobArgs();

    /** Whether the job sees the events, default true. */
    Optional<Boolean> includeEvents();

    /** The job's artifacts become a fact. */
    Optional<Boolean> setFacts();

    /** The job's artifacts become an event. */
    Optional<Boolean> postEvents();

    /** One further job when the first failed. */
    Optional<Boolean> retry();

    /** Further jobs when one failed. */
    Optional<Integer> retries();

    /** Seconds between jobs. */
    Optional<Integer> delay();

    /** Jobs with the same lock do not run at the same time. */
    Optional<String> lock();

    /** Names of further labels of the job. */
    List<String> labels();

    /** Whether the job gets a label with the id of the event. */
    Optional<Boolean> addEventUuidLabel();

    /** Which kind of template. */
    JobKind kind();

    @Override
    default TaskTerms terms() {
        int again = Math.max(retries().orElse(0), retry().orElse(false) ? 1 : 0);
        Duration pause = Duration.ofSeconds(delay().orElse(0));
        return new TaskTerms(new RetryPolicy(again + 1, pause, 1, pause, 0), LONGEST, lock());
    }

    /** What the controller is told at the launch, as a function of arguments and context; labels come in addition. */
    default JsonText launch(ActionContext context) {
        return LaunchArguments.of(this, context);
    }

    @Override
    default ActionOutcome run(ActionContext context) throws IOException, InterruptedException {
        return new JobRun(this, context).run();
    }

    /** A job that failed says nothing against its controller; one that does not answer does. */
    @Override
    default Optional<Target> target(ActionContext context) {
        return context.resource(Controller.class)
                .config()
                .url()
                .map(OutboundUrl::parse)
                .map(url -> new Target(url.host() + ":" + url.port(), false));
    }

    /** Whether the session wants the job's artifacts. */
    default boolean feedsBack() {
        return setFacts().orElse(false) || postEvents().orElse(false);
    }
}
