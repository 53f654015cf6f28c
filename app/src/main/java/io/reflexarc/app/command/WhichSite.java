// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.app.config.ConfigLoader;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.site.LocalSite;
import io.reflexarc.app.site.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which site a command of an operator means: a data directory, or servers of one's own. */
final class WhichSite {
    private static final int NO_PORT = 0;

    @Mixin
    private DataDirectoryOption data = new DataDirectoryOption();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration of a site of your own servers, as for serve")
    private Optional<Path> file = Optional.empty();

    /** Servers of one's own; empty for a data directory. */
    Optional<AppConfig> servers() {
        return file.map(named -> new ConfigLoader(System.getenv()).load(Optional.of(named)));
    }

    /** Where everything is kept otherwise. */
    Path directory() {
        return data.path();
    }

    /** Does something on the site while nothing else of a data directory runs; answers the exit code. */
    int with(Work work) throws Exception {
        Optional<AppConfig> config = servers();
        return config.isPresent() ? withServers(config.get(), work) : withDirectory(work);
    }

    private static int withServers(AppConfig config, Work work) throws Exception {
        Running running = Running.begin();
        try {
            return work.on(running.open(config), Optional.empty());
        } finally {
            running.stop();
        }
    }

    private int withDirectory(Work work) throws Exception {
        DataDirectory directory = DataDirectory.openExisting(directory());
        Running running = Running.begin(directory);
        try {
            Site site = running.open(LocalSite.config(
                    directory,
                    running.servers(),
                    NO_PORT,
                    NO_PORT,
                    List.of(),
                    Optional.empty(),
                    AppConfig.Controller.NONE));
            return work.on(site, Optional.of(directory));
        } finally {
            running.stop();
        }
    }

    /** What a command does. */
    @FunctionalInterface
    interface Work {
        /** The directory is there where the site has one. */
        int on(Site site, Optional<DataDirectory> directory) throws Exception;
    }
}
