// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.embedded.EmbeddedServers;
import io.reflexarc.app.site.Admin;
import io.reflexarc.app.site.LocalSite;
import io.reflexarc.app.site.Site;
import io.reflexarc.core.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reflexarc reset-admin}: a new password for admin, on a data directory that nobody uses now. */
@Command(
        name = "reset-admin",
        description = "Gives admin a new random password and ends its log-ins. Stop `reflexarc up` first.",
        mixinStandardHelpOptions = true)
final class ResetAdminCommand implements Callable<Integer> {
    private static final int NO_PORT = 0;

    @Mixin
    private DataDirectoryOption data = new DataDirectoryOption();

    @Option(names = "--output", converter = Output.Converter.class, description = "text or json (default: text)")
    private Output output = Output.TEXT;

    @Override
    public Integer call() throws Exception {
        DataDirectory directory = DataDirectory.open(data.path());
        Running running = Running.begin(directory);
        try {
            EmbeddedServers servers = running.servers(false);
            Site site = running.open(LocalSite.config(directory, servers, NO_PORT, NO_PORT, List.of(), Optional.empty()));
            Admin admin = Running.await(Admin.reset(site.store().accounts(), directory));
            String password = admin.freshPassword().orElseThrow();
            System.out.println(
                    switch (output) {
                        case TEXT -> "admin has the password " + password + "   (also in " + admin.file() + ")";
                        case JSON -> JsonText.of(Map.of(
                                        "username", "admin", "admin_credentials_file", admin.file().toString()))
                                .toString();
                    });
            return 0;
        } finally {
            running.stop();
        }
    }
}
