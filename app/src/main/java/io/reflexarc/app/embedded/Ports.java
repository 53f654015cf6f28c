// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of this machine. */
public final class Ports {
    private Ports() {}

    /** A loopback port that nobody uses now. */
    public static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The wanted port, or a free one for 0; fails in one sentence when it is taken. */
    public static int claim(int wanted, String option) {
        if (wanted == 0) {
            return free();
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return wanted;
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Port " + wanted + " is in use; choose another with " + option + " (0 takes a free one).");
        }
    }
}
