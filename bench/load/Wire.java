// SPDX-License-Identifier: Apache-2.0
package load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/**
 * A connection with at most one request under way, as plain as it can be, for what the driver spends the server lacks: it knows
 * HTTP/1.1 only as far as our servers speak it. Lives on one event loop.
 */
final class Wire {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = 9;
    private static final int ACCEPTED = 202;

    private final NetClient client;
    private final int port;
    private final String host;
    private final Owner owner;
    private NetSocket socket;
    private byte[] read = new byte[0];
    private int asked = -1;

    /** Not connected yet; tells its owner when it is free. */
    Wire(NetClient client, int port, String host, Owner owner) {
        this.client = client;
        this.port = port;
        this.host = host;
        this.owner = owner;
    }

    /** Connects, again where that is necessary. */
    void connect() {
        client.connect(port, host).onFailure(owner::failed).onSuccess(made -> {
            socket = made;
            made.handler(this::receive).exceptionHandler(lost -> {}).closeHandler(closed -> lost(made));
            owner.free(this);
        });
    }

    private void lost(NetSocket which) {
        if (which == socket && !owner.ended()) {
            int waited = asked;
            asked = -1;
            read = new byte[0];
            if (waited >= 0) {
                owner.answered(waited, 0, "");
            } else {
                owner.gone(this);
            }
            connect();
        }
    }

    /** Sends a whole request; its answer is told by this number. */
    void send(int number, Buffer request) {
        asked = number;
        socket.write(request);
    }

    private void receive(Buffer chunk) {
        byte[] bytes = chunk.getBytes();
        if (read.length > 0) {
            byte[] both = new byte[read.length + bytes.length];
            System.arraycopy(read, 0, both, 0, read.length);
            System.arraycopy(bytes, 0, both, read.length, bytes.length);
            bytes = both;
        }
        int body = body(bytes);
        int end = body < 0 ? Integer.MAX_VALUE : body + length(bytes, body);
        if (bytes.length < end) {
            read = bytes;
            return;
        }
        int number = asked;
        asked = -1;
        read = new byte[0];
        int status = Integer.parseInt(new String(bytes, STATUS_AT, 3, StandardCharsets.US_ASCII));
        owner.answered(number, status, new String(bytes, body, end - body, StandardCharsets.UTF_8));
        if (status == ACCEPTED || !new String(bytes, 0, body, StandardCharsets.US_ASCII).contains("close")) {
            owner.free(this);
        }
    }

    /** Where the body begins; -1 while the head is not whole. */
    private static int body(byte[] bytes) {
        for (int i = 3; i < bytes.length; i++) {
            if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int length(byte[] bytes, int end) {
        for (int i = 0; i + LENGTH.length < end; i++) {
            if (bytes[i] == '\n' && named(bytes, i + 1)) {
                int length = 0;
                for (int at = i + 1 + LENGTH.length; bytes[at] != '\r'; at++) {
                    length = bytes[at] == ' ' ? length : length * 10 + bytes[at] - '0';
                }
                return length;
            }
        }
        return 0;
    }

    private static boolean named(byte[] bytes, int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            int one = bytes[at + i];
            if ((one >= 'A' && one <= 'Z' ? one + 32 : one) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whoever sends over wires. */
    interface Owner {
        /** The next request may be sent. */
        void free(Wire wire);

        /** A wire that was free is not there any more; it comes back by itself. */
        void gone(Wire wire);

        /** An answer; status 0 when the connection ended before it. */
        void answered(int number, int status, String body);

        /** Nothing more will be sent. */
        boolean ended();

        /** No connection could be made. */
        void failed(Throwable cause);
    }
}
