// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names that tell processes of a site apart. */
final class ProcessNames {
    private ProcessNames() {}

    /** Name of this machine. */
    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
