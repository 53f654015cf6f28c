// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.app.config.ConfigLoader;
import io.reflexarc.app.site.Role;
import io.reflexarc.app.site.Site;
import io.reflexarc.core.json.JsonText;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code reflexarc serve}: chosen roles, against servers that run elsewhere. */
@Command(
        name = "serve",
        description = "Starts chosen roles against your own PostgreSQL, Redis and S3 store, and stays up.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--roles",
            required = true,
            paramLabel = "ROLE,...",
            description = "api, live, event-stream, activation, worker, scheduler")
    private String roles = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file; REFLEXARC_… in the environment overrides it")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--output", converter = Output.Converter.class, description = "text or json (default: text)")
    private Output output = Output.TEXT;

    @Override
    public Integer call() throws Exception {
        Set<Role> wanted = Role.parse(roles);
        AppConfig config = new ConfigLoader(System.getenv()).load(file);
        Running running = Running.begin();
        try {
            Site site = running.open(config);
            running.start(site, wanted);
        } catch (Exception | Error failure) {
            running.stop();
            throw failure;
        }
        System.out.println(
                switch (output) {
                    case TEXT ->
                        "Ready: "
                                + String.join(
                                        ", ", wanted.stream().map(Role::label).toList());
                    case JSON ->
                        JsonText.of(Map.of(
                                        "roles",
                                        wanted.stream().map(Role::label).toList()))
                                .toString();
                });
        System.out.flush();
        return ReflexarcCommand.STAYS_UP;
    }
}
