// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A port in front of a server that can be shut: what is connected is cut off, and who knocks is counted and sent away. */
final class Gate implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private boolean shut;

    Gate(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    synchronized void shut() {
        shut = true;
        turnedAway.set(0);
        open.forEach(Gate::close);
        open.clear();
    }

    synchronized void open() {
        shut = false;
    }

    /** Who knocked since it was shut. */
    int turnedAway() {
        return turnedAway.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (!connected(client)) {
                    close(client);
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private synchronized boolean connected(Socket client) {
        if (shut) {
            turnedAway.incrementAndGet();
            return false;
        }
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(client);
            open.add(server);
            Thread.ofVirtual().start(() -> copy(client, server));
            Thread.ofVirtual().start(() -> copy(server, client));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one side has ended
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shut();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
