// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** N-1: connections that send one byte of a header, or of a body, every few seconds. */
final class SlowClients implements Attack {
    private static final int CONNECTIONS = 500;
    private static final Duration BETWEEN = Duration.ofSeconds(5);
    /** The specification says 30 s; a busy machine is given more. */
    private static final Duration CLOSED = Duration.ofSeconds(75);

    @Override
    public String id() {
        return "N-1";
    }

    @Override
    public String title() {
        return CONNECTIONS + " connections with a byte every few seconds, half of them in the header, half in the body";
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
        List<String> complaints = new ArrayList<>();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Socket socket = prey.connect();
            String head = i % 2 == 0 ? prey.head("X-Slow: ") : prey.head("Content-Length: 1000\r\n\r\n{\"a\":\"");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.setSoTimeout(1);
            sockets.add(socket);
        }
        long begun = System.nanoTime();
        double slowestPing = 0;
        List<Socket> open = new ArrayList<>(sockets);
        while (!open.isEmpty() && System.nanoTime() - begun < CLOSED.toNanos()) {
            double ping = prey.ping();
            slowestPing = ping < 0 ? ping : Math.max(slowestPing, ping);
            if (ping < 0) {
                complaints.add("an ordinary event is not acted on meanwhile");
                break;
            }
            Stopwatch.pause(BETWEEN);
            open.removeIf(SlowClients::ended);
        }
        numbers.put("all_closed_after_s", Measures.round((System.nanoTime() - begun) / 1e9));
        numbers.put("still_open", open.size());
        numbers.put("ping_meanwhile_max_s", slowestPing);
        for (Socket socket : sockets) {
            socket.close();
        }
        if (!open.isEmpty()) {
            complaints.add(open.size() + " slow connections are still open after " + CLOSED.toSeconds() + " s");
        }
        return complaints;
    }

    /** Sends a byte more; whether the other side has closed. */
    private static boolean ended(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            while (socket.getInputStream().read() != -1) {
                // an answer, e.g. 408
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
