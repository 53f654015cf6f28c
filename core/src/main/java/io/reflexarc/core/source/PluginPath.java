// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.source;

import io.reflexarc.core.json.JsonText;
import java.util.Optional;

/** Where plugins are found that are not ours, e.g. Python files in directories and in Ansible collections. */
public interface PluginPath {
    /** Nowhere. */
    PluginPath NONE = new PluginPath() {
        @Override
        public Optional<Source> source(Place place, String name, JsonText arguments) {
            return Optional.empty();
        }

        @Override
        public Optional<Filter> filter(Place place, String name, JsonText arguments) {
            return Optional.empty();
        }
    };

    /** A source of this name at this place. */
    Optional<Source> source(Place place, String name, JsonText arguments);

    /** A filter of this name at this place. */
    Optional<Filter> filter(Place place, String name, JsonText arguments);

    /** Which come first. */
    enum Place {
        /** Directories that the user named: they come before the plugins of this process. */
        GIVEN,
        /** What is installed on the machine: it comes after them. */
        INSTALLED
    }
}
