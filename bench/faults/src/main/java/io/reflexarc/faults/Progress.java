// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.util.Locale;

/** What is shown while a run goes on: on stderr, so that stdout holds nothing but the result. */
final class Progress {
    private Progress() {}

    static void say(String format, Object... arguments) {
        System.err.println("  " + String.format(Locale.ROOT, format, arguments));
    }

    static void title(String text) {
        System.err.println(text);
    }
}
