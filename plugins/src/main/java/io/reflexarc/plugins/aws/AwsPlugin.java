// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.aws;

import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.source.Source;
import java.util.List;

/** Adds the sources of {@link AwsSource}. They borrow an {@link io.reflexarc.plugins.outbound.OutboundHttp}. */
public final class AwsPlugin implements Plugin {
    @Override
    public List<Class<? extends Source>> sources() {
        return List.of(AwsSource.class);
    }
}
