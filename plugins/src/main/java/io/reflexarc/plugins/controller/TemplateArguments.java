// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.util.Optional;

/** Checks of the arguments that all actions of the controller share. */
final class TemplateArguments {
    private static final int MOST_RETRIES = 1000;
    private static final int LONGEST_DELAY = 86_400;

    private TemplateArguments() {}

    /** Refuses arguments that cannot be meant. */
    static void check(
            String name,
            String organization,
            Optional<JsonText> jobArgs,
            Optional<Integer> retries,
            Optional<Integer> delay) {
        require(name != null && !name.isBlank(), "name is missing");
        require(organization != null && !organization.isBlank(), "organization is missing");
        require(jobArgs.map(args -> args.tree().isObject()).orElse(true), "job_args is no mapping");
        require(
                jobArgs.map(args -> args.tree().path("extra_vars"))
                        .map(vars -> vars.isMissingNode() || vars.isNull() || vars.isObject())
                        .orElse(true),
                "job_args.extra_vars is no mapping");
        require(retries.map(n -> n >= 0 && n <= MOST_RETRIES).orElse(true), "retries is not between 0 and 1000");
        require(delay.map(s -> s >= 0 && s <= LONGEST_DELAY).orElse(true), "delay is not between 0 and 86400 seconds");
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new ProblemException(ProblemType.INVALID, otherwise);
        }
    }
}
