// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;

/**
 * What a client sends over the WebSocket.
 *
 * @param op what it wants
 * @param id chosen by the client, names the subscription in every frame
 * @param ch channel of {@code sub}: {@code stats}, {@code tail}, {@code decisions}, {@code objects} or {@code log:<task id>}
 * @param filter of {@code sub}: fields of a row and the values that they must have
 * @param since of {@code sub}: the last {@code seq} that the client has seen
 * @param max of {@code sub}: rows of the snapshot
 */
public record LiveRequest(
        LiveOp op,
        Optional<Integer> id,
        Optional<String> ch,
        Optional<Map<String, String>> filter,
        Optional<String> since,
        Optional<Integer> max) {
    /** What a client can want. */
    public enum LiveOp {
        /** Begin a subscription. */
        @JsonProperty("sub")
        SUB,
        /** End it. */
        @JsonProperty("unsub")
        UNSUB,
        /** Send nothing for it until it goes on; what was missed then is a gap. */
        @JsonProperty("pause")
        PAUSE,
        /** Go on. */
        @JsonProperty("resume")
        RESUME,
        /** Answers a ping, for clients that cannot answer the WebSocket's own. */
        @JsonProperty("pong")
        PONG
    }
}
