// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.app.config.ConfigLoader;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.embedded.EmbeddedServers;
import io.reflexarc.app.site.Admin;
import io.reflexarc.app.site.LocalSite;
import io.reflexarc.app.site.Site;
import io.reflexarc.core.json.JsonText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reflexarc reset-admin}: a new password for admin, or the first one of a site. */
@Command(
        name = "reset-admin",
        description = {
            "Gives admin a new random password and ends its log-ins; makes the user where there is none.",
            "Stop `reflexarc up` first, or name a site of your own servers with --config."
        },
        mixinStandardHelpOptions = true)
final class ResetAdminCommand implements Callable<Integer> {
    private static final int NO_PORT = 0;

    @Mixin
    private DataDirectoryOption data = new DataDirectoryOption();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration of a site of your own servers, as for serve")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--output", converter = Output.Converter.class, description = "text or json (default: text)")
    private Output output = Output.TEXT;

    @Override
    public Integer call() throws Exception {
        return file.isPresent() ? ofServers() : ofDataDirectory();
    }

    private int ofServers() throws Exception {
        AppConfig config = new ConfigLoader(System.getenv()).load(file);
        Running running = Running.begin();
        try {
            Site site = running.open(config);
            print(Running.await(Admin.reset(site.store().accounts())), Optional.empty());
            return 0;
        } finally {
            running.stop();
        }
    }

    private int ofDataDirectory() throws Exception {
        DataDirectory directory = DataDirectory.openExisting(data.path());
        Running running = Running.begin(directory);
        try {
            EmbeddedServers servers = running.servers();
            Site site = running.open(LocalSite.config(
                    directory, servers, NO_PORT, NO_PORT, List.of(), Optional.empty(), AppConfig.Controller.NONE));
            String password = Running.await(Admin.reset(site.store().accounts()));
            print(password, Optional.of(Admin.write(directory, password)));
            return 0;
        } finally {
            running.stop();
        }
    }

    private void print(String password, Optional<Path> kept) {
        switch (output) {
            case TEXT ->
                System.out.println("admin has the password " + password
                        + kept.map(path -> "   (also in " + path + ")").orElse(""));
            case JSON -> {
                Map<String, String> facts = new LinkedHashMap<>();
                facts.put("username", Admin.NAME);
                facts.put("password", password);
                kept.ifPresent(path -> facts.put("admin_credentials_file", path.toString()));
                System.out.println(JsonText.of(facts));
            }
        }
    }
}
