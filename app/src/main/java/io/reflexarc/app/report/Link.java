// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.report;

import io.reflexarc.core.event.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * The other end of the protocol.
 *
 * @param url {@code ws} or {@code wss}
 * @param sslVerify {@code yes}, {@code no}, or a file with certificates
 * @param accessToken of the connection
 * @param refreshToken that buys a new one
 * @param tokenUrl where it is bought
 * @param id of the activation's instance, in every message
 */
public record Link(
        URI url,
        String sslVerify,
        Optional<Secret> accessToken,
        Optional<Secret> refreshToken,
        Optional<URI> tokenUrl,
        String id) {}
