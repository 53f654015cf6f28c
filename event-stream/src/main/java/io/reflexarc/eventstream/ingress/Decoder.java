// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.StreamType;
import java.util.List;

/**
 * Step 3 of the path of an event: turns the body of a request into events, as the type of the stream says. Whatever JSON
 * comes, the answer is events or a {@code ProblemException}.
 */
sealed interface Decoder permits AlertmanagerDecoder, GithubDecoder, GenericDecoder {
    /** The decoder for a type. */
    static Decoder of(StreamType type) {
        return switch (type) {
            case ALERTMANAGER -> new AlertmanagerDecoder();
            case GITHUB -> new GithubDecoder();
            case GENERIC -> new GenericDecoder();
        };
    }

    /** The events of one request, in order. */
    List<DecodedEvent> decode(Arrival arrival);
}
