// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run is made of, in the lines that {@code ansible-rulebook --version} prints. */
final class About {
    /** Whose language and options are meant. */
    static final String UPSTREAM = "1.3.2";

    private static final Logger LOGGER = LoggerFactory.getLogger("reflexarc.run");
    private static final long PATIENCE_SECONDS = 15;

    private About() {}

    /** The version of this program. */
    static List<String> version() {
        return List.of(
                "ansible-rulebook [" + UPSTREAM + "]",
                "  Stood in for by reflexarc " + Version.current(),
                "  Java home = " + System.getProperty("java.home"),
                "  Java version = " + Runtime.version());
    }

    /** The same, with Ansible's and Python's versions, and with everything also the installed collections. */
    static void log(Map<String, String> environment, int verbosity) {
        if (verbosity == 0) {
            return;
        }
        version().forEach(line -> LOGGER.info("{}", line));
        LOGGER.info("  Ansible core version = {}", firstLine(environment, "ansible", "--version"));
        LOGGER.info("  Python version = {}", firstLine(environment, "python3", "--version"));
        if (verbosity > 1) {
            LOGGER.info("Installed collections:\n{}", output(environment, "ansible-galaxy", "collection", "list"));
        }
    }

    private static String firstLine(Map<String, String> environment, String... command) {
        return output(environment, command).lines().findFirst().orElse("none");
    }

    private static String output(Map<String, String> environment, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) ? text : "";
        } catch (IOException e) {
            return "not installed";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
