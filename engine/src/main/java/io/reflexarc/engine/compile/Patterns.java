// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Regular expressions, compiled once. A search gives up after a fixed number of steps, never after a time, so that it ends
 * in the same way on every machine; giving up means "not found".
 */
final class Patterns {
    private static final Logger LOGGER = LoggerFactory.getLogger(Patterns.class);
    private static final int MAX_STEPS = 2_000_000;

    /** All elements of a list together: a long list must not multiply what one text may cost. */
    private static final int MAX_STEPS_OF_LIST = 10_000_000;

    private static final int CACHED = 512;

    private final int[] leftOfList = {MAX_STEPS_OF_LIST};

    private final Map<Key, Search> cache = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Search> eldest) {
            return size() > CACHED;
        }
    };

    private record Key(String text, int flags) {}

    /** The next list: its elements share what they may cost. */
    void nextList() {
        leftOfList[0] = MAX_STEPS_OF_LIST;
    }

    /** Whether an element of the list holds the pattern. */
    boolean finds(Object pattern, Object element) {
        return prepared(pattern.toString(), 0).finds(element, leftOfList);
    }

    /** A pattern that is none finds nothing. */
    Search prepared(String pattern, int flags) {
        return cache.computeIfAbsent(
                new Key(pattern, flags), key -> new Search(compile(key), RequiredText.of(key.text, key.flags)));
    }

    private static Optional<Pattern> compile(Key key) {
        try {
            return Optional.of(Pattern.compile(key.text, key.flags));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** A pattern ready to search. Most subjects do not even hold the text that every match holds: they cost one look. */
    static final class Search {
        private final Optional<Pattern> pattern;
        private final String required;
        private boolean warned;

        private Search(Optional<Pattern> pattern, String required) {
            this.pattern = pattern;
            this.required = required;
        }

        boolean finds(Object subject) {
            return finds(subject, new int[] {MAX_STEPS});
        }

        private boolean finds(Object subject, int[] left) {
            String text = subject.toString();
            if (pattern.isEmpty() || !text.contains(required)) {
                return false;
            }
            try {
                return pattern.get().matcher(new Counted(text, left)).find();
            } catch (TooManySteps | StackOverflowError e) {
                warn(pattern.get(), text.length());
                return false;
            }
        }

        /** Once a pattern: the same happens with every event of a kind. */
        private void warn(Pattern compiled, int length) {
            if (!warned) {
                warned = true;
                LOGGER.atWarn()
                        .addKeyValue("pattern", compiled.pattern())
                        .addKeyValue("length", length)
                        .log("a regular expression gave up and counts as not found: it backtracks too much, write it"
                                + " without nested repetitions");
            }
        }
    }

    /** Counts the characters that the matcher looks at. */
    private record Counted(CharSequence text, int[] left) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw TooManySteps.INSTANCE;
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final TooManySteps INSTANCE = new TooManySteps();

        private TooManySteps() {
            super("too many steps", null, false, false);
        }
    }
}
