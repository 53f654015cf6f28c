// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.filter;

import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.source.Filter;
import java.util.List;

/** Adds the filters of {@link BuiltinFilter}. */
public final class FilterPlugin implements Plugin {
    @Override
    public List<Class<? extends Filter>> filters() {
        return List.of(BuiltinFilter.class);
    }
}
