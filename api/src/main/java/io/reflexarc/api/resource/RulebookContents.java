// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.resource;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.rulebook.StoredRulebook;
import io.reflexarc.rulebooks.Draft;
import io.reflexarc.rulebooks.lint.Finding;
import io.reflexarc.rulebooks.lint.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is in rulebooks. A version never changes, so each is read once. */
final class RulebookContents {
    private static final int KEPT = 1_000;

    private final Authoring authoring;
    private final Map<Long, RulebookSummary.Contents> known = new ConcurrentHashMap<>();

    RulebookContents(Authoring authoring) {
        this.authoring = authoring;
    }

    RulebookSummary.Contents of(StoredRulebook rulebook) {
        RulebookSummary.Contents seen = known.get(rulebook.version());
        if (seen != null) {
            return seen;
        }
        RulebookSummary.Contents read = read(rulebook.text());
        if (known.size() >= KEPT) {
            known.clear();
        }
        known.put(rulebook.version(), read);
        return read;
    }

    private RulebookSummary.Contents read(String text) {
        Draft draft = authoring.parser().draft(text, JsonText.EMPTY_OBJECT);
        List<Finding> findings = authoring.linter().lint(text, Optional.empty());
        int rules = draft.rulesets().stream()
                .mapToInt(ruleset -> ruleset.rules().size())
                .sum();
        return new RulebookSummary.Contents(
                draft.rulesets().size(), rules, count(findings, Severity.ERROR), count(findings, Severity.WARNING));
    }

    private static int count(List<Finding> findings, Severity severity) {
        return (int) findings.stream().filter(one -> one.severity() == severity).count();
    }
}
