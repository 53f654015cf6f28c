// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.app.config.ConfigLoader;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.site.LocalSite;
import io.reflexarc.app.site.LogLife;
import io.reflexarc.app.site.Site;
import io.reflexarc.core.id.Incarnation;
import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reflexarc log}: says whether the event log is the right one, and opens a new one when it was lost. */
@Command(
        name = "log",
        description = {
            "Says whether the event log is the one that PostgreSQL remembers; exit code 1 when it is not.",
            "Stop `reflexarc up` first, or name a site of your own servers with --config."
        },
        mixinStandardHelpOptions = true)
final class LogCommand implements Callable<Integer> {
    private static final int NO_PORT = 0;
    private static final String PRICE =
            "Every activation begins anew with nothing remembered, and events that were in the log and undecided are gone.";

    @Mixin
    private DataDirectoryOption data = new DataDirectoryOption();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration of a site of your own servers, as for serve")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--open-new", description = "open a new log where the old one was lost. " + PRICE)
    private boolean openNew;

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
        if (file.isPresent()) {
            AppConfig config = new ConfigLoader(System.getenv()).load(file);
            Running running = Running.begin();
            try {
                return look(running.open(config));
            } finally {
                running.stop();
            }
        }
        DataDirectory directory = DataDirectory.openExisting(data.path());
        Running running = Running.begin(directory);
        try {
            return look(running.open(LocalSite.config(
                    directory,
                    running.servers(),
                    NO_PORT,
                    NO_PORT,
                    List.of(),
                    Optional.empty(),
                    AppConfig.Controller.NONE)));
        } finally {
            running.stop();
        }
    }

    private int look(Site site) throws Exception {
        LogLife life = Running.await(site.logLife());
        System.out.println(life.sentence());
        if (!openNew || !life.lost()) {
            return life.intact() ? 0 : 1;
        }
        if (!yes && !confirmed()) {
            System.out.println("nothing was changed");
            return 1;
        }
        Incarnation next = Running.await(site.openNewLog(() -> new Incarnation(UUID.randomUUID())));
        System.out.println("opened the event log " + next + ": event streams take events again");
        return 0;
    }

    private static boolean confirmed() {
        System.out.println(PRICE);
        return Optional.ofNullable(System.console())
                .map((Console console) -> console.readLine("Open a new log? Write yes: "))
                .filter("yes"::equals)
                .isPresent();
    }
}
