// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.action;

import io.reflexarc.core.json.JsonText;
import java.time.Duration;
import java.util.Optional;

/** How one attempt of an action ended. */
public sealed interface ActionOutcome {
    /** Data for {@code set_facts} or {@code post_events}, a JSON object. */
    Optional<JsonText> feedback();

    /**
     * It did what it should.
     *
     * @param result what a person wants to know of it, a JSON object
     * @param feedback data for {@code set_facts} or {@code post_events}, a JSON object
     */
    record Succeeded(JsonText result, Optional<JsonText> feedback) implements ActionOutcome {
        /** Without feedback. */
        public static Succeeded of(JsonText result) {
            return new Succeeded(result, Optional.empty());
        }
    }

    /**
     * It did not.
     *
     * @param reason one sentence with place and remedy
     * @param retryable whether another attempt may help
     * @param retryAfter what the target asked for
     * @param result what is known, a JSON object
     * @param feedback data for {@code set_facts} or {@code post_events}, a JSON object; counts when no attempt follows
     */
    record Failed(
            String reason,
            boolean retryable,
            Optional<Duration> retryAfter,
            JsonText result,
            Optional<JsonText> feedback)
            implements ActionOutcome {
        /** Without feedback. */
        public Failed(String reason, boolean retryable, Optional<Duration> retryAfter, JsonText result) {
            this(reason, retryable, retryAfter, result, Optional.empty());
        }

        /** Another attempt may help. */
        public static Failed retryable(String reason) {
            return new Failed(reason, true, Optional.empty(), JsonText.EMPTY_OBJECT);
        }

        /** No other attempt can help. */
        public static Failed permanent(String reason) {
            return new Failed(reason, false, Optional.empty(), JsonText.EMPTY_OBJECT);
        }
    }
}
