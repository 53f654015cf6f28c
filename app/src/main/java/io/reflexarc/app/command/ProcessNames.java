// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.random.RandomGenerator;

/** Names that tell processes of a site apart. */
final class ProcessNames {
    private ProcessNames() {}

    /** Name of this process; in a container every start has the same machine and number. */
    static String process(RandomGenerator random) {
        return host() + "/" + ProcessHandle.current().pid() + "-" + Integer.toString(random.nextInt(1 << 24), 36);
    }

    /** Name of this machine. */
    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
