// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

/** The far end of a session, as far as a session needs it. */
interface Outlet {
    /** Why a session may be ended, as WebSocket codes (RFC 6455, 7.4). */
    int GOING_AWAY = 1001;

    int POLICY = 1008;

    int TOO_BIG = 1009;

    int TRY_AGAIN = 1013;

    /** Sends one frame. */
    void send(String frame);

    /** Whether frames pile up because the client does not take them. */
    boolean full();

    /** Asks whether the client is there. */
    void ping();

    /** Ends it. */
    void close(int code, String reason);
}
