// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.route;

import io.micrometer.core.instrument.Timer;
import io.reflexarc.api.auth.Callers;
import io.reflexarc.api.endpoint.Access;
import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Output;
import io.reflexarc.api.openapi.Contract;
import io.reflexarc.core.account.User;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.telemetry.Meters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Puts endpoints onto a router. For every call: authenticate, authorize, read and validate, do it, write the change down,
 * answer. The router runs on virtual threads, so these are the lines of {@link #serve}, in that order.
 */
public final class Routes {
    private final Collection<Endpoint<?, ?>> endpoints;
    private final Requests requests;
    private final Contract contract;
    private final Callers callers;
    private final ChangeRecorder changes;
    private final Meters meters;
    private final boolean strict;

    /**
     * Routes of some endpoints.
     *
     * @param strict whether answers are validated too, as tests do
     */
    public Routes(
            Collection<Endpoint<?, ?>> endpoints,
            Contract contract,
            Callers callers,
            ChangeRecorder changes,
            Meters meters,
            boolean strict) {
        this.endpoints = List.copyOf(endpoints);
        this.contract = contract;
        this.requests = new Requests(contract);
        this.callers = callers;
        this.changes = changes;
        this.meters = meters;
        this.strict = strict;
    }

    /** Adds a route for every endpoint, with and without the slash at its end. */
    public void mount(Router router) {
        for (Endpoint<?, ?> endpoint : endpoints) {
            String path = endpoint.url().replaceAll("/$", "").replaceAll("\\{(\\w+)}", ":$1");
            router.route(endpoint.method(), path).handler(context -> measured(context, endpoint));
            if (endpoint.method().equals(HttpMethod.GET)) {
                router.route(HttpMethod.HEAD, path).handler(context -> measured(context, endpoint));
            }
        }
    }

    private void measured(RoutingContext context, Endpoint<?, ?> endpoint) {
        Timer.Sample sample = Timer.start(meters.registry());
        context.addEndHandler(ended -> sample.stop(
                meters.apiTime(endpoint.operationId(), context.response().getStatusCode())));
        try {
            serve(context, endpoint);
        } catch (ProblemException e) {
            context.fail(e.type().status(), e);
        } catch (HttpException e) {
            // What the router itself cannot read, e.g. a query that is not encoded as it should be.
            context.fail(e.getStatusCode(), e);
        } catch (Exception e) {
            context.fail(ProblemType.INTERNAL.status(), e);
        }
    }

    private <I extends Record, O> void serve(RoutingContext context, Endpoint<I, O> endpoint) {
        Optional<User> user = authorized(context, endpoint.access());
        Call<I> call = requests.read(context, endpoint, user);
        O answer = endpoint.handler().handle(call);
        Buffer body = encode(endpoint, answer);
        if (endpoint.mutates()) {
            changes.record(endpoint, call, body);
        }
        answer(context, endpoint, body);
    }

    private Optional<User> authorized(RoutingContext context, Access access) {
        return switch (access) {
            case Access.Open ignored -> Optional.empty();
            case Access.SignedIn ignored -> Optional.of(authenticated(context));
            case Access.Needs(var permission) -> {
                User user = authenticated(context);
                if (!permission.allows(user.role())) {
                    throw new ProblemException(
                            ProblemType.FORBIDDEN,
                            "The role " + user.role().label() + " does not have the permission " + permission + ".");
                }
                yield Optional.of(user);
            }
        };
    }

    private User authenticated(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            throw new ProblemException(
                    ProblemType.UNAUTHENTICATED,
                    "Send an access token: Authorization: Bearer …, from POST /api/auth/login.");
        }
        return callers.ofHeader(header)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAUTHENTICATED,
                        "The access token is not valid any more. Refresh it, or log in again."));
    }

    private static Buffer encode(Endpoint<?, ?> endpoint, Object answer) {
        return switch (endpoint.output()) {
            case Output.None ignored -> Buffer.buffer();
            case Output.Text ignored -> Buffer.buffer(answer.toString());
            case Output.Document ignored -> Buffer.buffer(((JsonText) answer).bytes());
            case Output.One ignored -> Buffer.buffer(JsonText.of(answer).bytes());
            case Output.Paged ignored -> Buffer.buffer(JsonText.of(answer).bytes());
            case Output.Sliced ignored -> Buffer.buffer(JsonText.of(answer).bytes());
        };
    }

    private void answer(RoutingContext context, Endpoint<?, ?> endpoint, Buffer body) {
        context.response().setStatusCode(endpoint.status()).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        switch (endpoint.output()) {
            case Output.None ignored -> {
                context.response().end();
                return;
            }
            case Output.Text ignored ->
                context.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
            case Output.Document ignored -> context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
            case Output.One ignored -> checked(context, endpoint, body);
            case Output.Paged ignored -> checked(context, endpoint, body);
            case Output.Sliced ignored -> checked(context, endpoint, body);
        }
        context.response().end(body);
    }

    private void checked(RoutingContext context, Endpoint<?, ?> endpoint, Buffer body) {
        if (strict) {
            List<FieldError> errors = contract.responseErrors(
                    endpoint.method().name(),
                    endpoint.url(),
                    endpoint.status(),
                    "application/json",
                    Json.decodeValue(body));
            if (!errors.isEmpty()) {
                throw new IllegalStateException(endpoint.operationId() + " broke its contract: " + errors);
            }
        }
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    }
}
