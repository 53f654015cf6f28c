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

    /** Whether nobody uses this loopback port now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The port, when it can be had; fails in one sentence when it is taken. */
    public static int claim(int port, String option) {
        if (!isFree(port)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Port " + port + " is in use; choose another with " + option + " (0 takes a free one).");
        }
        return port;
    }
}
