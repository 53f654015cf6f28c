// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import io.reflexarc.core.action.Action;
import io.reflexarc.core.json.JsonText;
import java.util.List;
import java.util.Optional;

/**
 * Launches a job template on the automation controller and waits for its end. The job finds the matched events in the variable
 * {@code ansible_eda}.
 *
 * @param name of the template
 * @param organization that it belongs to
 * @param jobArgs handed to the launch: {@code extra_vars}, {@code limit}, {@code inventory} and more
 * @param includeEvents whether the job sees the events, default true
 * @param setFacts the job's artifacts become a fact
 * @param postEvents the job's artifacts become an event
 * @param ruleset where fact and event go, default the own ruleset
 * @param varRoot which part of the event the job sees as the event
 * @param retry one further job when the first failed
 * @param retries further jobs when one failed
 * @param delay seconds between jobs
 * @param lock jobs with the same lock do not run at the same time
 * @param labels of the job, where the template asks for them; made when missing
 * @param addEventUuidLabel whether the job gets a label with the id of the event
 */
@Action.Name("run_job_template")
public record RunJobTemplate(
        String name,
        String organization,
        Optional<JsonText> jobArgs,
        Optional<Boolean> includeEvents,
        Optional<Boolean> setFacts,
        Optional<Boolean> postEvents,
        Optional<String> ruleset,
        Optional<JsonText> varRoot,
        Optional<Boolean> retry,
        Optional<Integer> retries,
        Optional<Integer> delay,
        Optional<String> lock,
        List<String> labels,
        Optional<Boolean> addEventUuidLabel)
        implements ControllerAction {
    public RunJobTemplate {
        jobArgs = jobArgs.filter(args -> !args.toString().equals("null"));
        lock = lock.filter(key -> !key.isBlank());
        labels = labels == null
                ? List.of()
                : labels.stream().filter(label -> !label.isBlank()).toList();
        TemplateArguments.check(name, organization, jobArgs, retries, delay);
    }

    @Override
    public JobKind kind() {
        return JobKind.JOB;
    }
}
