// SPDX-License-Identifier: Apache-2.0
/**
 * An automation controller (AWX, Ansible Automation Platform): the actions {@code run_job_template} and
 * {@code run_workflow_template} over its REST API, version 2.
 */
@NullMarked
package io.reflexarc.plugins.controller;

import org.jspecify.annotations.NullMarked;
