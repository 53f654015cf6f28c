// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import java.util.Arrays;
import java.util.List;

/** What {@code reflexarc run} must settle before the first class that logs, and the first virtual thread. */
public final class RunStart {
    private RunStart() {}

    /** Does nothing for other commands. */
    public static void prepare(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("run")) {
            return;
        }
        System.setProperty("log4j2.configurationFile", "classpath:log4j2-run.xml");
        int verbosity = verbosity(Arrays.asList(arguments));
        if (verbosity > 0) {
            System.setProperty("reflexarc.run.log.target", "SYSTEM_OUT");
            System.setProperty("reflexarc.run.log.level", verbosity > 1 ? "DEBUG" : "INFO");
        }
        // Sources and session share a core: an event changes hands without a switch of the system's threads
        System.setProperty("jdk.virtualThreadScheduler.parallelism", "1");
        System.setProperty("jdk.console", "java.base");
    }

    /** Counted before the command line is parsed, since parsing may log. */
    private static int verbosity(List<String> arguments) {
        return arguments.stream()
                .mapToInt(argument ->
                        argument.matches("-v+") ? argument.length() - 1 : argument.equals("--verbose") ? 1 : 0)
                .sum();
    }
}
