// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks;

import io.reflexarc.rulebooks.condition.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When a rule matches. */
public sealed interface Trigger {
    /** Its conditions, in file order. */
    List<Pattern> patterns();

    /** One condition; also a one-element {@code all} or {@code any}. */
    record Single(Pattern pattern) implements Trigger {
        @Override
        public List<Pattern> patterns() {
            return List.of(pattern);
        }
    }

    /**
     * Every condition by an event or fact of its own.
     *
     * @param timeout largest distance in time of any two of them
     */
    record All(List<Pattern> patterns, Optional<Duration> timeout) implements Trigger {
        public All {
            patterns = List.copyOf(patterns);
        }
    }

    /** Any of the conditions. */
    record Any(List<Pattern> patterns) implements Trigger {
        public Any {
            patterns = List.copyOf(patterns);
        }
    }

    /**
     * At least one condition, but not all, within a window that the first one opens.
     *
     * @param timeout the window
     */
    record NotAll(List<Pattern> patterns, Duration timeout) implements Trigger {
        public NotAll {
            patterns = List.copyOf(patterns);
        }
    }

    /**
     * One condition of a rule.
     *
     * @param binding {@code m} for a single condition, {@code m_0}, {@code m_1} … in a list, or the name given by {@code <<}
     * @param condition what an event or fact must fulfil
     * @param text as written
     * @param place where it begins
     */
    record Pattern(String binding, Condition condition, String text, Place place) {}
}
