// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.endpoint;

/** What the body of a successful answer is. */
public sealed interface Output {
    /** No body, status 204. */
    record None() implements Output {}

    /** Plain text. */
    record Text() implements Output {}

    /** Any JSON document. */
    record Document() implements Output {}

    /**
     * One record.
     *
     * @param type the record
     */
    record One(Class<? extends Record> type) implements Output {}

    /**
     * A page of records, in the envelope {@link Envelope}.
     *
     * @param type the record of a row
     */
    record Paged(Class<? extends Record> type) implements Output {}

    /**
     * A slice of records, in the envelope {@link SliceEnvelope}.
     *
     * @param type the record of a row
     */
    record Sliced(Class<? extends Record> type) implements Output {}
}
