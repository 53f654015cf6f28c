// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.endpoint.Constraint.Says;

/**
 * What the server sends over the WebSocket.
 *
 * @param id of the subscription, 0 when a request named none
 * @param k what this is
 * @param seq place in the channel after this frame, to be given back as {@code since}
 * @param d rows of the channel: {@code StatsTick}, {@code TailRow}, {@code DecisionRow}, {@code ObjectPatch} or
 *     {@code LogChunk}; for {@code err} one {@code LiveError}
 * @param dropped rows that were left out since the frame before
 */
public record LiveFrame(
        int id,
        LiveKind k,
        String seq,

        @Says("Rows: StatsTick[], TailRow[], DecisionRow[], ObjectPatch[] or LogChunk[]; LiveError[] for err.")
        JsonNode d,

        long dropped) {
    /** What a frame is. */
    public enum LiveKind {
        /** All there is now; replaces what the client has. */
        @JsonProperty("snap")
        SNAP,
        /** What came since. */
        @JsonProperty("delta")
        DELTA,
        /** Rows are missing; a snapshot follows. */
        @JsonProperty("gap")
        GAP,
        /** The request was refused. */
        @JsonProperty("err")
        ERR
    }
}
