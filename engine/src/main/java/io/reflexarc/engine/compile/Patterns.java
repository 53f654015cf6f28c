// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.compile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions, compiled once. A search gives up after a fixed number of steps, never after a time, so that it ends
 * in the same way on every machine; giving up means "not found".
 */
final class Patterns {
    private static final int MAX_STEPS = 2_000_000;
    private static final int CACHED = 512;

    private final Map<Key, Optional<Pattern>> cache = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Optional<Pattern>> eldest) {
            return size() > CACHED;
        }
    };

    private record Key(String text, int flags) {}

    boolean finds(Object pattern, Object subject) {
        return finds(pattern.toString(), 0, subject);
    }

    /** A pattern that is none finds nothing. */
    boolean finds(String pattern, int flags, Object subject) {
        return cache.computeIfAbsent(new Key(pattern, flags), Patterns::compile)
                .map(compiled -> search(compiled, subject.toString()))
                .orElse(false);
    }

    private static Optional<Pattern> compile(Key key) {
        try {
            return Optional.of(Pattern.compile(key.text, key.flags));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean search(Pattern pattern, String subject) {
        try {
            return pattern.matcher(new Counted(subject, new int[] {MAX_STEPS})).find();
        } catch (TooManySteps | StackOverflowError e) {
            return false;
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
