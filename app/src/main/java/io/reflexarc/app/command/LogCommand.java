// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.site.LogLife;
import io.reflexarc.app.site.Site;
import io.reflexarc.core.id.Incarnation;
import java.io.Console;
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
    private static final String PRICE =
            "Every activation begins anew with nothing remembered, and events that were in the log and undecided are gone.";

    @Mixin
    private WhichSite where = new WhichSite();

    @Option(names = "--open-new", description = "open a new log where the old one was lost. " + PRICE)
    private boolean openNew;

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
        return where.with((site, directory) -> look(site));
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
