// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.openapi;

import io.reflexarc.api.endpoint.Access;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.Output;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes the OpenAPI 3.1 document of some endpoints. */
public final class OpenApiWriter {
    /** Version of the interface, not of the product: it grows when clients must change. */
    private static final String INTERFACE_VERSION = "1.0.0";

    private static final String JSON = "application/json";

    private final RecordSchemas schemas = new RecordSchemas();

    /**
     * The document.
     *
     * @param endpoints what to describe
     * @param sent records to describe beside the endpoints' own, e.g. the frames of the WebSocket
     * @param taken the same for what clients send
     */
    public JsonObject write(
            Collection<Endpoint<?, ?>> endpoints,
            List<Class<? extends Record>> sent,
            List<Class<? extends Record>> taken) {
        schemas.output(Problem.class);
        sent.forEach(schemas::output);
        taken.forEach(schemas::input);
        TreeMap<String, JsonObject> paths = new TreeMap<>();
        for (Endpoint<?, ?> endpoint : endpoints) {
            paths.computeIfAbsent(endpoint.url(), path -> new JsonObject())
                    .put(endpoint.method().name().toLowerCase(Locale.ROOT), operation(endpoint));
        }
        JsonObject all = new JsonObject();
        paths.forEach(all::put);
        return new JsonObject()
                .put("openapi", "3.1.0")
                .put(
                        "info",
                        new JsonObject()
                                .put("title", "Reflexarc")
                                .put("version", INTERFACE_VERSION)
                                .put(
                                        "license",
                                        new JsonObject()
                                                .put("name", "Apache-2.0")
                                                .put("identifier", "Apache-2.0")))
                .put("servers", JsonArray.of(new JsonObject().put("url", "/")))
                .put("paths", all)
                .put(
                        "components",
                        new JsonObject()
                                .put("schemas", schemas.components())
                                .put(
                                        "securitySchemes",
                                        new JsonObject()
                                                .put(
                                                        "bearer",
                                                        new JsonObject()
                                                                .put("type", "http")
                                                                .put("scheme", "bearer")
                                                                .put("bearerFormat", "JWT"))));
    }

    private JsonObject operation(Endpoint<?, ?> endpoint) {
        JsonObject operation = new JsonObject()
                .put("operationId", endpoint.operationId())
                .put("tags", JsonArray.of(endpoint.tag()))
                .put("summary", endpoint.summary());
        boolean open = endpoint.access() instanceof Access.Open;
        operation.put(
                "security", open ? new JsonArray() : JsonArray.of(new JsonObject().put("bearer", new JsonArray())));
        if (endpoint.access() instanceof Access.Needs(var permission)) {
            operation.put("x-permission", permission.toString());
        }
        JsonArray parameters = new JsonArray();
        endpoint.pathParameters().forEach(one -> parameters.add(parameter(one, "path")));
        endpoint.query().forEach(one -> parameters.add(parameter(one, "query")));
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (endpoint.input() != Nothing.class) {
            operation.put(
                    "requestBody",
                    new JsonObject()
                            .put("required", true)
                            .put("content", content(JSON, schemas.input(endpoint.input()))));
        }
        return operation.put("responses", responses(endpoint));
    }

    private JsonObject parameter(QueryParameter parameter, String in) {
        JsonObject written = new JsonObject().put("name", parameter.name()).put("in", in);
        if (in.equals("path")) {
            written.put("required", true);
        }
        if (!parameter.description().isEmpty()) {
            written.put("description", parameter.description());
        }
        JsonObject schema = schemas.scalar(parameter.type());
        if (parameter.equals(QueryParameter.PAGE)) {
            schema.put("minimum", 1).put("maximum", 1_000_000);
        } else if (parameter.equals(QueryParameter.PAGE_SIZE)) {
            schema.put("minimum", 1).put("maximum", PageRequest.MAX_SIZE);
        }
        return written.put("schema", schema);
    }

    private JsonObject responses(Endpoint<?, ?> endpoint) {
        JsonObject responses = new JsonObject();
        JsonObject success = new JsonObject().put("description", "Success");
        switch (endpoint.output()) {
            case Output.None ignored -> {}
            case Output.Text ignored ->
                success.put("content", content("text/plain", new JsonObject().put("type", "string")));
            case Output.Document ignored -> success.put("content", content(JSON, new JsonObject()));
            case Output.One(var type) -> success.put("content", content(JSON, schemas.output(type)));
            case Output.Paged(var type) -> success.put("content", content(JSON, schemas.page(type)));
            case Output.Sliced(var type) -> success.put("content", content(JSON, schemas.slice(type)));
        }
        responses.put(Integer.toString(endpoint.status()), success);
        for (int status : problemStatuses(endpoint)) {
            responses.put(Integer.toString(status), problem(status));
        }
        return responses;
    }

    private JsonObject problem(int status) {
        String title = Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status)
                .map(ProblemType::title)
                .collect(Collectors.joining(", or "));
        return new JsonObject()
                .put("description", title)
                .put("content", content("application/problem+json", schemas.output(Problem.class)));
    }

    private static Set<Integer> problemStatuses(Endpoint<?, ?> endpoint) {
        Set<Integer> statuses = new TreeSet<>();
        endpoint.problems().forEach(type -> statuses.add(type.status()));
        if (!(endpoint.access() instanceof Access.Open)) {
            statuses.add(ProblemType.UNAUTHENTICATED.status());
        }
        if (endpoint.access() instanceof Access.Needs) {
            statuses.add(ProblemType.FORBIDDEN.status());
        }
        if (!endpoint.pathParameters().isEmpty()) {
            statuses.add(ProblemType.NOT_FOUND.status());
        }
        if (endpoint.input() != Nothing.class) {
            statuses.add(ProblemType.BAD_REQUEST.status());
            statuses.add(ProblemType.PAYLOAD_TOO_LARGE.status());
            statuses.add(ProblemType.UNSUPPORTED_MEDIA_TYPE.status());
        }
        if (!(endpoint.output() instanceof Output.Document)) {
            statuses.add(ProblemType.DEPENDENCY_DOWN.status());
        }
        if (endpoint.input() != Nothing.class || !endpoint.query().isEmpty()) {
            statuses.add(ProblemType.INVALID.status());
        }
        return statuses;
    }

    private static JsonObject content(String type, JsonObject schema) {
        return new JsonObject().put(type, new JsonObject().put("schema", schema));
    }
}
