// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.app.embedded.EmbeddedServers;
import io.reflexarc.app.embedded.Ports;
import io.reflexarc.app.site.Admin;
import io.reflexarc.app.site.Demo;
import io.reflexarc.app.site.LocalSite;
import io.reflexarc.app.site.Role;
import io.reflexarc.app.site.Site;
import io.reflexarc.core.json.JsonText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reflexarc up}: everything in one process, with embedded real servers. */
@Command(
        name = "up",
        description =
                "Starts everything in one process, with embedded PostgreSQL, Redis, S3 store and Kafka, and stays up.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption data = new DataDirectoryOption();

    @Option(names = "--port", description = "REST, UI and live socket (default: 8000; 0 takes free ports everywhere)")
    private int port = 8000;

    @Option(names = "--event-stream-port", description = "event streams (default: the port + 10)")
    private Optional<Integer> eventStreamPort = Optional.empty();

    @Option(names = "--no-demo", description = "do not load the demo event stream, rulebook and activation")
    private boolean noDemo;

    @Option(
            names = "--allow-outbound",
            split = ",",
            paramLabel = "NETWORK",
            description =
                    "private addresses that actions may call beside the public ones, as 10.0.0.0/8 or 127.0.0.1:9000")
    private List<String> allowOutbound = List.of();

    @Option(
            names = "--ansible-runner",
            paramLabel = "FILE",
            description = "the ansible-runner to use (default: that of PATH)")
    private Optional<Path> ansibleRunner = Optional.empty();

    @Option(names = "--output", converter = Output.Converter.class, description = "text or json (default: text)")
    private Output output = Output.TEXT;

    /** For the help text only: the launcher has dealt with it before this program could start. */
    @Option(names = "--install-missing", description = "install missing tools with the system's packages first")
    void installMissing(boolean wanted) {}

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        DataDirectory directory = DataDirectory.open(data.path());
        int http = claim(directory, "http", port, "--port");
        int ingress = claim(
                directory, "event-stream", eventStreamPort.orElse(port == 0 ? 0 : port + 10), "--event-stream-port");
        Running running = Running.begin(directory);
        try {
            EmbeddedServers servers = running.servers();
            AppConfig config = LocalSite.config(
                    directory,
                    servers,
                    http,
                    ingress,
                    allowOutbound,
                    ansibleRunner,
                    AppConfig.Controller.of(System.getenv()));
            Site site = running.open(config);
            Admin admin = Running.await(Admin.ensure(site.store().accounts(), directory));
            Optional<Demo> demo =
                    noDemo ? Optional.empty() : Running.await(Demo.ensure(stores(site), config, directory));
            running.start(site, EnumSet.allOf(Role.class));
            out.println(
                    switch (output) {
                        case JSON -> JsonText.of(facts(config, admin, demo)).toString();
                        case TEXT -> text(config, admin, demo);
                    });
            out.flush();
            running.startKafka();
            running.settle();
        } catch (Exception | Error failure) {
            running.stop();
            throw failure;
        }
        return ReflexarcCommand.STAYS_UP;
    }

    /** A free port that was taken once is taken again, so that addresses stay the same over starts. */
    private static int claim(DataDirectory directory, String name, int wanted, String option) {
        if (wanted != 0) {
            return Ports.claim(wanted, option);
        }
        String file = "ports/" + name;
        int claimed = directory
                .read(file)
                .map(String::strip)
                .map(Integer::parseInt)
                .filter(Ports::isFree)
                .orElseGet(Ports::free);
        directory.write(file, Integer.toString(claimed));
        return claimed;
    }

    private static Demo.Stores stores(Site site) {
        var store = site.store();
        return new Demo.Stores(store.eventStreams(), store.rulebooks(), store.activations());
    }

    private static Map<String, Object> facts(AppConfig config, Admin admin, Optional<Demo> demo) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("url", url(config));
        facts.put(
                "live_url", "ws://" + config.http().host() + ":" + config.http().port() + "/ws");
        facts.put("admin_credentials_file", admin.file().toString());
        facts.put(
                "event_stream_url",
                demo.map(Demo::url).orElse(config.eventStream().url() + "/event-streams/"));
        facts.put(
                "event_stream_token",
                demo.<Object>map(it -> it.token().reveal()).orElse(""));
        return facts;
    }

    private static String url(AppConfig config) {
        return "http://" + config.http().host() + ":" + config.http().port();
    }

    private static String text(AppConfig config, Admin admin, Optional<Demo> demo) {
        StringBuilder text = new StringBuilder("\nReflexarc is up.\n\n");
        text.append("  Console        ").append(url(config)).append('\n');
        text.append("  API            ").append(url(config)).append("/api/eda/v1/openapi.json\n");
        text.append("  Event streams  ").append(config.eventStream().url()).append("/event-streams/\n");
        text.append("  Log in as      admin");
        admin.freshPassword()
                .ifPresentOrElse(
                        password -> text.append(", password ")
                                .append(password)
                                .append("   (shown once; also in ")
                                .append(admin.file())
                                .append(")\n"),
                        () -> text.append(", password in ").append(admin.file()).append('\n'));
        demo.ifPresent(it -> text.append("\nMake a decision and an action:\n\n")
                .append(it.curl())
                .append('\n'));
        return text.append("\nCtrl-C stops it.\n").toString();
    }
}
