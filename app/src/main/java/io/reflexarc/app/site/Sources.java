// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.app.source.Python;
import io.reflexarc.core.action.Plugin;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.source.PluginPath;
import io.reflexarc.core.source.SourceHost;
import io.reflexarc.core.source.SourceTime;
import io.reflexarc.core.source.YamlReading;
import io.reflexarc.eventstream.source.ActivationSourceHost;
import io.reflexarc.eventstream.source.SourceReports;
import io.reflexarc.eventstream.source.SourceWorld;
import io.reflexarc.plugins.outbound.OutboundHttp;
import io.reflexarc.rulebooks.YamlDocument;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sources that run beside activations. Whoever writes a rulebook is not whoever runs the site: they may read files in one
 * directory only, call what actions may call, and see nothing of the environment.
 */
final class Sources {
    private static final Logger LOGGER = LoggerFactory.getLogger(Sources.class);
    private static final Path NOWHERE = Path.of("/nonexistent");

    private Sources() {}

    static SourceHost host(Site site, String process) {
        Map<String, String> environment = new HashMap<>();
        for (String name : new String[] {"PATH", "HOME", "ANSIBLE_COLLECTIONS_PATH"}) {
            Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value));
        }
        PluginPath python = Python.plugins(environment, Optional.empty(), Optional.empty());
        Resources resources = Resources.NONE
                .with(Vertx.class, site.vertx())
                .with(YamlReading.class, YamlDocument::read)
                .withLazy(
                        OutboundHttp.class,
                        () -> new OutboundHttp(
                                site.vertx(), Outbound.policy(site.config().outbound())));
        SourceWorld world = new SourceWorld(
                SourceTime.of(Clock.systemUTC()),
                ZoneId.systemDefault(),
                new SecureRandom(),
                Map.of(),
                site.config().sources().directory().map(Path::toAbsolutePath).orElse(NOWHERE),
                true,
                resources,
                value -> LOGGER.atDebug().addKeyValue("value", value).log("a source shows a value"));
        return new ActivationSourceHost(
                Plugin.installedSources(python),
                Plugin.installedFilters(python),
                world,
                site.log(),
                new SourceReports(process, site.live(), world.time()));
    }
}
