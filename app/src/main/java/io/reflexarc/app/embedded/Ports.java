// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** TCP ports of this machine. */
public final class Ports {
    /**
     * Below the ports that operating systems give to outgoing connections: one of those may take a port between our look and
     * the start of the server that it is for.
     */
    private static final int FIRST = 15_000;

    private static final int COUNT = 15_000;

    /** Each process begins elsewhere, so that those that start at the same time do not meet. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 61 % COUNT));

    private Ports() {}

    /** A loopback port that nobody uses now, and that was not answered before. */
    public static int free() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new ProblemException(ProblemType.CONFLICT, "Every port that the embedded servers could use is taken.");
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
