// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.source;

import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.FilterCatalogue;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.PreparedSource;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.engine.template.TemplateContext;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.SourceSpec;
import java.util.List;
import java.util.Map;

/** Makes the sources of a rulebook ready to run: finds the plugins, renders the arguments. */
public final class RulebookSources {
    private final Templates templates;
    private final SourceCatalogue sources;
    private final FilterCatalogue filters;

    /** With the plugins of this process, and others found there. */
    public RulebookSources(Templates templates, PluginPath others) {
        this.templates = templates;
        this.sources = Plugin.installedSources(others);
        this.filters = Plugin.installedFilters(others);
    }

    /**
     * One source. Its arguments are rendered with the variables; those of its filters are not.
     *
     * @throws ProblemException {@code INVALID} names the plugin or the argument that is wrong
     */
    public PreparedSource prepare(SourceSpec spec, JsonText variables) {
        String type = sources.resolve(spec.plugin());
        String name = spec.name().equals(spec.plugin()) ? type : spec.name();
        JsonText arguments = templates.render(spec.arguments(), new TemplateContext(variables.tree(), Map.of(), 0));
        List<Filter> prepared = spec.filters().stream()
                .map(filter -> filters.decode(filter.plugin(), filter.arguments()))
                .toList();
        return new PreparedSource(name, type, sources.decode(spec.plugin(), arguments), prepared);
    }
}
