// SPDX-License-Identifier: Apache-2.0
/**
 * Takes events over HTTP: looks up the stream, authenticates the raw body, decodes it into events with their dedupe keys and
 * appends them to the log. Knows the log only as a port.
 */
@NullMarked
package io.reflexarc.eventstream.ingress;

import org.jspecify.annotations.NullMarked;
