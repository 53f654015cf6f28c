// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

/** The two kinds of templates, and what the controller's API calls them. */
enum JobKind {
    JOB("run_job_template", "job template", "job_template", "job_templates", "jobs", "/#/jobs/"),
    WORKFLOW(
            "run_workflow_template",
            "workflow template",
            "workflow_job_template",
            "workflow_job_templates",
            "workflow_jobs",
            "/#/jobs/workflow/");

    private final String action;
    private final String noun;
    private final String type;
    private final String templates;
    private final String jobs;
    private final String page;

    JobKind(String action, String noun, String type, String templates, String jobs, String page) {
        this.action = action;
        this.noun = noun;
        this.type = type;
        this.templates = templates;
        this.jobs = jobs;
        this.page = page;
    }

    /** Name of the action. */
    String action() {
        return action;
    }

    /** For sentences. */
    String noun() {
        return noun;
    }

    /** Value of {@code type} in the list of all templates. */
    String type() {
        return type;
    }

    /** Path of the templates' collection. */
    String templates() {
        return templates;
    }

    /** Path of the jobs' collection. */
    String jobs() {
        return jobs;
    }

    /** Path of a job's page in the controller's own user interface. */
    String page(long id) {
        return page + id + "/details";
    }
}
