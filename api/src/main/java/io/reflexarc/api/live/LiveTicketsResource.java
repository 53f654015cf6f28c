// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import io.reflexarc.api.auth.Tokens;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import java.util.List;

/** Tickets for the WebSocket, because a browser cannot send a header with it. */
public final class LiveTicketsResource implements Resource {
    private final Tokens tokens;

    /** Signs tickets, so that another process can check them. */
    public LiveTicketsResource(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(Endpoint.post("/api/eda/v1/live/ticket/", "Get a ticket for one WebSocket: /ws?ticket=…")
                .needs(Verb.READ, Kind.LIVE)
                .answers(
                        200,
                        LiveTicket.class,
                        call -> new LiveTicket(tokens.ticket(call.user()), Tokens.TICKET.toSeconds())));
    }

    /**
     * A ticket.
     *
     * @param ticket to be sent as query parameter, once
     * @param expiresIn seconds
     */
    public record LiveTicket(String ticket, long expiresIn) {}
}
