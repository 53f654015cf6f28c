// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A network between one role and one server that can be cut, slowed down, or fall silent without a word. */
final class Proxy implements AutoCloseable {
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger knocks = new AtomicInteger();
    private volatile State state = State.GOOD;

    Proxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Changes how it behaves from now on, for open connections, too. */
    void become(State next) {
        knocks.set(0);
        state = next;
        if (next == State.CUT || next == State.GOOD) {
            // Connections that were silent have lost bytes: they do not come back to life
            open.forEach(Proxy::end);
            open.clear();
        }
    }

    /** Connections that were tried since the last change. */
    int knocks() {
        return knocks.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                knocks.incrementAndGet();
                if (state == State.CUT) {
                    end(client);
                } else {
                    Thread.ofVirtual().start(() -> connect(client));
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket();
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            Thread.ofVirtual().start(() -> copy(client, server));
            copy(server, client);
        } catch (IOException e) {
            end(client);
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read != -1; read = in.read(buffer)) {
                while (state == State.SILENT && !from.isClosed()) {
                    Stopwatch.pause(LOOK);
                }
                if (state == State.SLOW) {
                    Stopwatch.pause(DELAY);
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one side has ended
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        become(State.CUT);
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the network is like. */
    enum State {
        GOOD,
        /** Connections end, new ones too. */
        CUT,
        /** Half open: connections stay, and nothing comes through. */
        SILENT,
        /** 100 ms more for everything, each way. */
        SLOW
    }
}
