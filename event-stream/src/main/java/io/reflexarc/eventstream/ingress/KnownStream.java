// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.ingress;

import io.reflexarc.core.event.EventStream;

/**
 * A stream with what its requests need, made once for as long as it is cached.
 *
 * @param stream as configured
 * @param authenticator made from its credential
 * @param decoder made from its type
 */
record KnownStream(EventStream stream, Authenticator authenticator, Decoder decoder) {
    static KnownStream of(EventStream stream) {
        return new KnownStream(stream, Authenticator.of(stream.credential()), Decoder.of(stream.type()));
    }
}
