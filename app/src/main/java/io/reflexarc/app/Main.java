// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import io.reflexarc.app.command.ReflexarcCommand;
import io.reflexarc.app.command.RunStart;

/** Where the program begins. */
public final class Main {
    private Main() {}

    /** Runs one command and leaves with its exit code. */
    public static void main(String[] arguments) {
        // Vert.x would otherwise look for Jackson's and Netty's natives and unpack files into the temporary directory
        System.setProperty("vertx.disableFileCPResolving", "true");
        System.setProperty("vertx.disableFileCaching", "true");
        RunStart.prepare(arguments);
        int code = ReflexarcCommand.line().execute(arguments);
        if (code >= 0) {
            System.exit(code);
        }
    }
}
