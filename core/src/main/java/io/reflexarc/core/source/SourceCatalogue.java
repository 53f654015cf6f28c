// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.PluginPath.Place;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sources that this process can run, by name. */
public final class SourceCatalogue {
    private static final Logger LOGGER = LoggerFactory.getLogger(SourceCatalogue.class);

    private final PluginNames<Source> names = new PluginNames<>(Source.class);
    private final PluginPath others;

    /** Knows the records of these sealed interfaces and finds others there; two with one name are a bug. */
    public SourceCatalogue(Collection<Class<? extends Source>> kinds, PluginPath others) {
        this.others = others;
        kinds.stream()
                .flatMap(PluginNames::<Source>records)
                .forEach(type -> Optional.ofNullable(type.getAnnotation(Source.Name.class))
                        .ifPresentOrElse(name -> names.add(type, name.value(), name.formerly()), () -> {
                            throw new IllegalStateException(type.getName() + " has no @Source.Name");
                        }));
    }

    /** The name that {@code meta.source.type} shows: the given one, unless it is a name of old. */
    public String resolve(String name) {
        return names.resolve(name);
    }

    /** Names of all sources that are ours. */
    public Set<String> names() {
        return names.all();
    }

    /** The record of a source that is ours. */
    public Optional<Class<? extends Source>> find(String name) {
        return names.find(name);
    }

    /**
     * Makes the source of its rendered arguments; {@code INVALID} names an unknown source, a missing argument or a wrong one.
     * Arguments that it does not know are ignored, with a warning.
     */
    public Source decode(String name, JsonText arguments) {
        String resolved = resolve(name);
        return others.source(Place.GIVEN, resolved, arguments)
                .or(() -> find(resolved).map(type -> own(resolved, type, arguments)))
                .or(() -> others.source(Place.INSTALLED, resolved, arguments))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID,
                        "could not find the source plugin " + name + ": write its full name, as in ansible.eda.webhook,"
                                + " and install the Ansible collection that it belongs to, or name the folder of a plugin of"
                                + " your own with -S of reflexarc run"));
    }

    private static Source own(String name, Class<? extends Source> type, JsonText arguments) {
        List<String> unknown = PluginNames.unknown(type, arguments);
        if (!unknown.isEmpty()) {
            LOGGER.atWarn()
                    .addKeyValue("source", name)
                    .addKeyValue("arguments", unknown)
                    .addKeyValue("known", PluginNames.arguments(type))
                    .log("the source does not know these arguments and ignores them");
        }
        return PluginNames.decode(name, type, arguments, false);
    }
}
