// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.rulebooks.lint;

import io.reflexarc.rulebooks.Bounds;
import io.reflexarc.rulebooks.Rule;
import io.reflexarc.rulebooks.Ruleset;
import io.reflexarc.rulebooks.Trigger.Pattern;
import java.util.regex.Matcher;

/** What runs here and is refused by {@code ansible-rulebook}. */
final class Portability {
    static final String CODE = "not-portable";

    private static final java.util.regex.Pattern MULTIPLICATION = java.util.regex.Pattern.compile(" ([*/]) ");

    private static final java.util.regex.Pattern TEXT = java.util.regex.Pattern.compile("\"([^\"\\\\]|\\\\.)*\"");

    private final Report report;

    Portability(Report report) {
        this.report = report;
    }

    void check(Ruleset ruleset) {
        if (!ruleset.bounds().equals(Bounds.DEFAULT)) {
            report.note(
                    CODE,
                    ruleset.place(),
                    "\"most_waiting_events\" and \"most_combinations\" are extensions: ansible-rulebook refuses them");
        }
        for (Rule rule : ruleset.rules()) {
            for (Pattern pattern : rule.trigger().patterns()) {
                if (!rule.enabled() || !mayMultiply(pattern.text())) {
                    continue;
                }
                // In canonical form operators stand between blanks; those inside texts do not count
                Matcher found = MULTIPLICATION.matcher(
                        TEXT.matcher(Canonical.of(pattern.condition())).replaceAll("\"\""));
                if (found.find()) {
                    report.note(
                            CODE,
                            pattern.place(),
                            "\"" + found.group(1) + "\" in a condition is an extension: ansible-rulebook refuses it");
                }
            }
        }
    }

    private static boolean mayMultiply(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('/') >= 0;
    }
}
