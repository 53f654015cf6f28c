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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code reflexarc rehearse}: starts everything on a directory that is thrown away, sends an event through and stops. The
 * build records the classes that this loads, so that a real start is quick.
 */
@Command(name = "rehearse", hidden = true, description = "Starts everything once and stops; used by the build.")
final class RehearseCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("reflexarc-rehearsal");
        DataDirectory directory = DataDirectory.open(folder.resolve("data"));
        Running running = Running.begin(directory);
        try {
            EmbeddedServers servers = running.servers();
            var config = LocalSite.config(
                    directory,
                    servers,
                    Ports.free(),
                    Ports.free(),
                    List.of(),
                    Optional.empty(),
                    AppConfig.Controller.NONE);
            Site site = running.open(config);
            Running.await(Admin.ensure(site.store().accounts(), directory));
            var stores = new Demo.Stores(
                    site.store().eventStreams(),
                    site.store().rulebooks(),
                    site.store().activations());
            Demo demo = Running.await(Demo.ensure(stores, config, directory)).orElseThrow();
            running.start(site, EnumSet.allOf(Role.class));
            play(demo, URI.create("http://127.0.0.1:" + config.http().port()));
            running.startKafka();
            Running.await(servers.kafkaBootstrap());
        } finally {
            running.stop();
            delete(folder);
        }
        return 0;
    }

    private static void play(Demo demo, URI console) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        for (String body : List.of("{\"greeting\": \"rehearsal\"}", "{\"host\": \"a\", \"cpu\": 95}")) {
            http.send(
                    HttpRequest.newBuilder(URI.create(demo.url()))
                            .header("Authorization", "Bearer " + demo.token().reveal())
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
        for (String path : List.of("/", "/health/ready", "/metrics", "/api/eda/v1/openapi.json")) {
            http.send(HttpRequest.newBuilder(console.resolve(path)).build(), HttpResponse.BodyHandlers.discarding());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
