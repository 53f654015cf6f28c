// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.postgresql;

import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.source.Source;
import java.util.List;

/** Adds the sources of {@link PostgresqlSource}. They borrow an {@link io.reflexarc.plugins.outbound.OutboundHttp} for its policy. */
public final class PostgresqlPlugin implements Plugin {
    @Override
    public List<Class<? extends Source>> sources() {
        return List.of(PostgresqlSource.class);
    }
}
