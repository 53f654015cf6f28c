// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.core.activation.ActivationStore;
import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.activation.RestartPolicy;
import io.reflexarc.core.event.EventStream;
import io.reflexarc.core.event.EventStreamStore;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamType;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.rulebook.RulebookStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * An event stream, a rulebook and an activation, to have something to look at.
 *
 * @param url where the demo's events go
 * @param token the stream's bearer token
 */
public record Demo(String url, Secret token) {
    private static final String NAME = "demo";
    private static final String SOURCE = "demo";
    private static final long DEFAULT_ORGANIZATION = 1;

    /** Loads it once; when somebody has deleted its stream it stays away. */
    public static Future<Optional<Demo>> ensure(Stores stores, AppConfig config, DataDirectory data) {
        Optional<String> known = data.read(NAME);
        if (known.isPresent()) {
            return stores.streams()
                    .find(StreamId.parse(known.get().strip()))
                    .map(found -> found.map(stream -> of(stream, config)));
        }
        return create(stores, config).map(stream -> {
            data.write(NAME, stream.uuid().toString());
            return Optional.of(of(stream, config));
        });
    }

    private static Demo of(EventStream stream, AppConfig config) {
        Secret token = stream.credential() instanceof StreamCredential.Token it ? it.token() : new Secret("");
        return new Demo(config.eventStream().url() + "/event-streams/" + stream.uuid(), token);
    }

    private static Future<EventStream> create(Stores stores, AppConfig config) {
        var credential = new StreamCredential.Token(new Secret(Tokens.random()), "Authorization");
        var stream = new EventStreamStore.NewStream(DEFAULT_ORGANIZATION, NAME, StreamType.GENERIC, credential);
        String console = "http://" + config.http().host() + ":" + config.http().port();
        return stores.streams()
                .create(stream)
                .compose(created -> stores.rulebooks()
                        .create(DEFAULT_ORGANIZATION, NAME, "What this site starts with", rulebook(console))
                        .compose(rulebook -> stores.activations().create(activation(rulebook.id(), created.uuid())))
                        .map(activation -> created));
    }

    private static ActivationStore.NewActivation activation(long rulebook, StreamId stream) {
        return new ActivationStore.NewActivation(
                DEFAULT_ORGANIZATION,
                NAME,
                "Decides on the events of the stream demo",
                true,
                rulebook,
                Optional.empty(),
                JsonText.EMPTY_OBJECT,
                Optional.empty(),
                Map.of(SOURCE, stream),
                ExecutionStrategy.SEQUENTIAL,
                RestartPolicy.ON_FAILURE);
    }

    private static String rulebook(String console) {
        try (InputStream in = Demo.class.getResourceAsStream("/io/reflexarc/app/demo.yml")) {
            if (in == null) {
                throw new IllegalStateException("the demo rulebook is not part of this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("CONSOLE", console);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that makes a decision and an action. */
    public String curl() {
        return "  curl -X POST " + url + " \\\n    -H 'Authorization: Bearer " + token.reveal()
                + "' -H 'Content-Type: application/json' \\\n    -d '{\"greeting\": \"hello\"}'";
    }

    /**
     * The stores that the demo fills.
     *
     * @param streams event streams
     * @param rulebooks rulebooks
     * @param activations activations
     */
    public record Stores(EventStreamStore streams, RulebookStore rulebooks, ActivationStore activations) {}
}
