// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.PluginPath.Place;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** All filters that this process can run, by name. */
public final class FilterCatalogue {
    private final PluginNames<Filter> names = new PluginNames<>(Filter.class);
    private final PluginPath others;

    /** Knows the records of these sealed interfaces and finds others there; two with one name are a bug. */
    public FilterCatalogue(Collection<Class<? extends Filter>> kinds, PluginPath others) {
        this.others = others;
        kinds.stream()
                .flatMap(PluginNames::<Filter>records)
                .forEach(type -> Optional.ofNullable(type.getAnnotation(Filter.Name.class))
                        .ifPresentOrElse(name -> names.add(type, name.value(), name.formerly()), () -> {
                            throw new IllegalStateException(type.getName() + " has no @Filter.Name");
                        }));
    }

    /** Names of all filters that are ours. */
    public Set<String> names() {
        return names.all();
    }

    /** The record of a filter that is ours. */
    public Optional<Class<? extends Filter>> find(String name) {
        return names.find(name);
    }

    /** Makes the filter of its arguments; {@code INVALID} names an unknown filter, an unknown, missing or wrong argument. */
    public Filter decode(String name, JsonText arguments) {
        String resolved = names.resolve(name);
        return others.filter(Place.GIVEN, resolved, arguments)
                .or(() -> find(resolved).map(type -> PluginNames.decode(resolved, type, arguments, true)))
                .or(() -> others.filter(Place.INSTALLED, resolved, arguments))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID,
                        "could not find the source filter plugin " + name
                                + ": write its full name, as in eda.builtin.json_filter, and install the Ansible"
                                + " collection that it belongs to, or name the folder of a plugin of your own with -F of"
                                + " reflexarc run"));
    }
}
