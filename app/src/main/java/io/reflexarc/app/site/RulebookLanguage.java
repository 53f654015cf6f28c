// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.api.resource.Authoring;
import io.reflexarc.app.validate.KnownNames;
import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.activation.Sessions;
import io.reflexarc.core.history.RecordedStreams;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.live.LiveFeed;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.engine.explain.EventExplainer;
import io.reflexarc.engine.explain.SessionReader;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.ParseResult;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.error.ErrorKind;
import io.reflexarc.rulebooks.lint.Linter;
import io.reflexarc.store.Store;
import java.util.List;
import java.util.Set;

/** The rulebook language as all roles of this process read it: one parser, one way to render. */
final class RulebookLanguage {
    private static final String FILE = "rulebook.yml";
    private static final Set<ErrorKind> NEEDS_VARIABLES =
            Set.of(ErrorKind.UNKNOWN_VARIABLE, ErrorKind.UNDEFINED_VARIABLE, ErrorKind.UNSUPPORTED_VARIABLE_TYPE);

    private final Templates templates = new Templates();
    private final RulebookParser parser;

    /** With these actions beside the language's own. */
    RulebookLanguage(Set<String> actions) {
        this.parser = new RulebookParser(actions, templates::text);
    }

    RulebookParser parser() {
        return parser;
    }

    Templates templates() {
        return templates;
    }

    EventExplainer explainer(ActionCatalogue catalogue) {
        return new EventExplainer(
                (text, variables) -> parser.parse(text, FILE, variables),
                templates,
                catalogue,
                Plugin.installedFilters(PluginPath.NONE)::decode);
    }

    /** What helps whoever writes a rulebook. */
    Authoring authoring() {
        return new Authoring(new Linter(parser, KnownNames.installed()), parser, KnownNames.schema());
    }

    /** Looks into sessions that run anywhere on this site. */
    Sessions sessions(LiveFeed feed, Store store) {
        return new SessionReader(
                        feed,
                        store.activations(),
                        store.decisions(),
                        store.rulebooks(),
                        (text, variables) -> parser.parse(text, FILE, variables))
                .start();
    }

    /** Every stream of this site, also those that rulebooks bring along. */
    RecordedStreams streams(Store store) {
        return new SiteStreams(
                store.eventStreams(),
                store.activations(),
                store.rulebooks(),
                (text, variables) -> parser.parse(text, FILE, variables));
    }

    /** Refuses what cannot be run with any variables; which variables there will be, an activation says. */
    void check(String yaml) {
        if (parser.check(yaml, JsonText.EMPTY_OBJECT) instanceof ParseResult.Refused refused) {
            List<FieldError> errors = refused.errors().stream()
                    .filter(error -> !NEEDS_VARIABLES.contains(error.kind()))
                    .map(error -> new FieldError(error.place().toString(), error.message()))
                    .toList();
            if (!errors.isEmpty()) {
                FieldError first = errors.getFirst();
                throw new ProblemException(
                        ProblemType.RULEBOOK_INVALID,
                        "The rulebook is wrong at " + first.pointer() + ": " + first.message(),
                        errors);
            }
        }
    }
}
