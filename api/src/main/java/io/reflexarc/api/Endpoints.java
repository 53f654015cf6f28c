// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import io.reflexarc.api.auth.AuthResource;
import io.reflexarc.api.auth.Passwords;
import io.reflexarc.api.auth.Tokens;
import io.reflexarc.api.auth.UsersResource;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.api.live.CounterRow;
import io.reflexarc.api.live.LiveError;
import io.reflexarc.api.live.LiveFrame;
import io.reflexarc.api.live.LiveRequest;
import io.reflexarc.api.live.LiveTicketsResource;
import io.reflexarc.api.live.LogChunk;
import io.reflexarc.api.live.ObjectPatch;
import io.reflexarc.api.live.StatsTick;
import io.reflexarc.api.live.StreamRequestsResource;
import io.reflexarc.api.live.TailRow;
import io.reflexarc.api.live.TapBoard;
import io.reflexarc.api.openapi.OpenApiWriter;
import io.reflexarc.api.resource.ActivationsResource;
import io.reflexarc.api.resource.AuthoringResource;
import io.reflexarc.api.resource.DecisionRow;
import io.reflexarc.api.resource.DecisionsResource;
import io.reflexarc.api.resource.DraftsResource;
import io.reflexarc.api.resource.EventStreamsResource;
import io.reflexarc.api.resource.EventsResource;
import io.reflexarc.api.resource.RecordedStreamsResource;
import io.reflexarc.api.resource.RulebooksResource;
import io.reflexarc.api.resource.SendAgainResource;
import io.reflexarc.api.resource.SiteResource;
import io.reflexarc.api.resource.StreamFieldsResource;
import io.reflexarc.api.resource.StreamHistoryResource;
import io.reflexarc.api.resource.Swaps;
import io.reflexarc.api.resource.TasksResource;
import io.reflexarc.api.resource.VersionsResource;
import io.reflexarc.core.id.ActivationId;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every endpoint, and the document that describes them. A new resource is one line among its like below.
 *
 * @param all in the order of the resources
 * @param document OpenAPI 3.1
 */
record Endpoints(List<Endpoint<?, ?>> all, JsonObject document) {
    private static final String DOCUMENT_PATH = "/api/eda/v1/openapi.json";

    /** Shapes of the WebSocket: not part of OpenAPI's paths, but clients generate types from them too. */
    private static final List<Class<? extends Record>> LIVE = List.of(
            LiveFrame.class,
            LiveError.class,
            StatsTick.class,
            TailRow.class,
            DecisionRow.class,
            ObjectPatch.class,
            LogChunk.class,
            CounterRow.class);

    static Endpoints of(
            Vertx vertx, ApiContext context, Tokens tokens, Function<ActivationId, Optional<Long>> lag, TapBoard taps) {
        List<Endpoint<?, ?>> all = new ArrayList<>();
        resources(vertx, context, tokens, lag, taps).forEach(resource -> all.addAll(resource.endpoints()));
        JsonText[] written = new JsonText[1];
        all.add(Endpoint.get(DOCUMENT_PATH, "This document").open().answersDocument(call -> written[0]));
        JsonObject document = new OpenApiWriter().write(all, LIVE, List.of(LiveRequest.class));
        written[0] = JsonText.ofString(document.encode());
        return new Endpoints(List.copyOf(all), document);
    }

    private static Stream<Resource> resources(
            Vertx vertx, ApiContext context, Tokens tokens, Function<ActivationId, Optional<Long>> lag, TapBoard taps) {
        return Stream.of(
                        accounts(vertx, context, tokens),
                        streams(context, tokens, taps),
                        rulebooks(vertx, context),
                        activations(vertx, context, lag),
                        audit(vertx, context),
                        List.of(
                                new SiteResource(
                                        context.ports().audit(),
                                        context.ports().log(),
                                        context.settings().version()),
                                new LiveTicketsResource(tokens)))
                .flatMap(List::stream);
    }

    private static List<Resource> accounts(Vertx vertx, ApiContext context, Tokens tokens) {
        Passwords passwords = context.settings()
                .passwordRounds()
                .map(rounds -> new Passwords(context.random(), rounds))
                .orElseGet(() -> new Passwords(context.random()));
        return List.of(
                new AuthResource(vertx, context.ports().accounts(), passwords, tokens, context.clock()),
                new UsersResource(vertx, context.ports().accounts(), passwords));
    }

    private static List<Resource> streams(ApiContext context, Tokens tokens, TapBoard taps) {
        ApiContext.Ports ports = context.ports();
        return List.of(
                new EventStreamsResource(
                        ports.streams(), context.settings().eventStreamUrl(), tokens::random, context.clock()),
                new StreamRequestsResource(ports.streams(), taps, ports.feed()),
                new StreamHistoryResource(ports.streams(), ports.recorded()),
                new StreamFieldsResource(ports.streams(), ports.recorded()),
                new RecordedStreamsResource(ports.recorded()));
    }

    private static List<Resource> rulebooks(Vertx vertx, ApiContext context) {
        ApiContext.Ports ports = context.ports();
        return List.of(
                // Before the resource whose {id} would take the words of these paths for a number.
                new AuthoringResource(
                        vertx,
                        ports.rulebooks(),
                        ports.drafts(),
                        ports.activations(),
                        ports.audit(),
                        ports.log(),
                        ports.recorded(),
                        ports.rehearsals(),
                        context.authoring(),
                        context.variablesReader(),
                        context.clock()),
                new DraftsResource(ports.drafts()),
                new RulebooksResource(vertx, ports.rulebooks(), context.rulebookChecker()));
    }

    private static List<Resource> activations(
            Vertx vertx, ApiContext context, Function<ActivationId, Optional<Long>> lag) {
        ApiContext.Ports ports = context.ports();
        return List.of(
                new ActivationsResource(
                        vertx,
                        ports.activations(),
                        ports.rulebooks(),
                        ports.streams(),
                        ports.log(),
                        ports.feed(),
                        context.clock(),
                        context.variablesReader(),
                        ports.sessions(),
                        ports.activationLog(),
                        lag),
                new VersionsResource(
                        vertx,
                        ports.rulebooks(),
                        ports.activations(),
                        context.rulebookChecker(),
                        new Swaps(vertx, ports.versions(), ports.log(), ports.feed(), context.clock())));
    }

    private static List<Resource> audit(Vertx vertx, ApiContext context) {
        ApiContext.Ports ports = context.ports();
        return List.of(
                new DecisionsResource(ports.audit(), ports.artifacts()),
                new TasksResource(
                        vertx,
                        ports.audit(),
                        ports.queue(),
                        ports.activations(),
                        ports.rulebooks(),
                        ports.rehearsals(),
                        context.actions(),
                        ports.feed(),
                        context.clock()),
                new EventsResource(
                        ports.log(),
                        ports.recorded(),
                        ports.audit(),
                        ports.activations(),
                        ports.rulebooks(),
                        ports.explanations(),
                        ports.eventTests(),
                        context.clock()),
                new SendAgainResource(ports.log(), ports.recorded(), ports.feed(), context.clock(), context.random()));
    }
}
