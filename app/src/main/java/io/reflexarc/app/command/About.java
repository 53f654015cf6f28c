// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run is made of, in the lines that {@code ansible-rulebook --version} prints. */
final class About {
    /** Whose language and options are meant. */
    static final String UPSTREAM = "1.3.2";

    private static final Logger LOGGER = LoggerFactory.getLogger("reflexarc.run");

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
        Installed installed = new Installed(environment);
        version().forEach(line -> LOGGER.info("{}", line));
        LOGGER.info("  Ansible core version = {}", installed.core().orElse("none"));
        LOGGER.info("  Python version = {}", installed.python().orElse("none"));
        if (verbosity > 1) {
            LOGGER.info("Installed collections: {}", installed.collections());
        }
    }
}
