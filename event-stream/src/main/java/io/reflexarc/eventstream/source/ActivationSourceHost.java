// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.source;

import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.log.EventLog;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.FilterCatalogue;
import io.reflexarc.core.source.PreparedSource;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.core.source.SourceHost;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs sources beside the sessions of this process; their events go to the log. */
public final class ActivationSourceHost implements SourceHost {
    private static final Logger LOGGER = LoggerFactory.getLogger(ActivationSourceHost.class);

    private final SourceCatalogue sources;
    private final FilterCatalogue filters;
    private final SourceWorld world;
    private final EventLog log;
    private final SourceReports reports;

    /** With these plugins, in this world, to this log; what arrives is told to these reports. */
    public ActivationSourceHost(
            SourceCatalogue sources, FilterCatalogue filters, SourceWorld world, EventLog log, SourceReports reports) {
        this.sources = sources;
        this.filters = filters;
        this.world = world;
        this.log = log;
        this.reports = reports;
    }

    @Override
    public PreparedSource prepare(String name, String plugin, JsonText arguments, List<Filter> declared) {
        String type = sources.resolve(plugin);
        return new PreparedSource(name.equals(plugin) ? type : name, type, sources.decode(plugin, arguments), declared);
    }

    @Override
    public Filter filter(String plugin, JsonText arguments) {
        return filters.decode(plugin, arguments);
    }

    @Override
    public Hosted start(ActivationId activation, long epoch, List<Wanted> wanted) {
        SourceRuntime runtime = new SourceRuntime(world);
        List<TendedSource> tended = wanted.stream()
                .map(one -> new TendedSource(
                        one.source(),
                        runtime,
                        world,
                        new OwnedSink(
                                new LogSink(
                                        log,
                                        one.stream(),
                                        world.time(),
                                        (events, appended) -> reports.accepted(one, events, appended)),
                                one.key(),
                                epoch)))
                .toList();
        tended.forEach(TendedSource::start);
        LOGGER.atInfo()
                .addKeyValue("activationId", activation)
                .addKeyValue("epoch", epoch)
                .addKeyValue("sources", tended.size())
                .log("sources of an activation started");
        return new Hosted() {
            @Override
            public String remark() {
                return String.join(
                        "; ",
                        tended.stream()
                                .map(TendedSource::remark)
                                .filter(remark -> !remark.isEmpty())
                                .toList());
            }

            @Override
            public void stop() {
                tended.forEach(TendedSource::stop);
            }
        };
    }
}
