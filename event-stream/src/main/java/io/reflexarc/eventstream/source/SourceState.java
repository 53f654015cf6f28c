// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

/** How it stands with a running source. */
public sealed interface SourceState {
    /** It emits, or waits for something to emit. */
    record Running() implements SourceState {}

    /** It came to its end by itself. */
    record Ended() implements SourceState {}

    /** It was told to stop. */
    record Stopped() implements SourceState {}

    /**
     * It could not go on.
     *
     * @param message one sentence for people
     * @param cause for the log
     */
    record Failed(String message, Throwable cause) implements SourceState {}
}
