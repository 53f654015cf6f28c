// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import java.util.List;

/** Any JSON: one event {@code {payload, meta}}. */
record GenericDecoder() implements Decoder {
    @Override
    public List<DecodedEvent> decode(Arrival arrival) {
        JsonBody body = JsonBody.read(arrival.body().getBytes());
        return List.of(DecodedEvent.payload(body, List.of(), body.subject()));
    }
}
