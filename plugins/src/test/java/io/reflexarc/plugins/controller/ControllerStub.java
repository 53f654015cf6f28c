// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * As much of an automation controller as jobs need, with its habits: lists in pages, variables of a job as text, artifacts left
 * out of lists, labels once per organization. A job goes on only when the test says so.
 */
final class ControllerStub implements AutoCloseable {
    private static final int PAGE = 2;

    private final HttpServer server;
    private final String prefix;
    private final List<JsonObject> templates = new CopyOnWriteArrayList<>();
    private final List<JsonObject> labels = new CopyOnWriteArrayList<>();
    private final Map<Long, JsonObject> jobs = new LinkedHashMap<>();
    private final Deque<Integer> refusals = new ArrayDeque<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    final List<JsonObject> launches = new CopyOnWriteArrayList<>();
    Consumer<JsonObject> onLaunch = job -> job.put("status", "successful");
    Runnable onQuestion = () -> {};
    boolean losesAnswers;

    /** Listens with the API below this prefix. */
    ControllerStub(Vertx vertx, String prefix) {
        this.prefix = prefix;
        this.server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body.toString())))
                .listen(0, "127.0.0.1")
                .await();
    }

    int port() {
        return server.actualPort();
    }

    /** Its next answers are these refusals. */
    void refuse(int... statuses) {
        for (int status : statuses) {
            refusals.add(status);
        }
    }

    void template(String type, String name, String organization, boolean asks) {
        long id = 7 + templates.size();
        templates.add(new JsonObject()
                .put("id", id)
                .put("type", type)
                .put("name", name)
                .put("summary_fields", new JsonObject().put("organization", new JsonObject().put("name", organization)))
                .put("related", new JsonObject().put("launch", prefix + type + "s/" + id + "/launch/"))
                .put("ask_limit_on_launch", asks)
                .put("ask_labels_on_launch", asks)
                .put("ask_inventory_on_launch", asks)
                .put("ask_variables_on_launch", true));
    }

    JsonObject job(long id) {
        return Objects.requireNonNull(jobs.get(id));
    }

    List<String> labelNames() {
        return labels.stream().map(label -> label.getString("name")).toList();
    }

    private void answer(HttpServerRequest request, String body) {
        String path = Objects.requireNonNull(request.path()).substring(prefix.length());
        calls.add(request.method() + " " + path + (request.query() == null ? "" : "?" + request.query()));
        authorizations.add(String.valueOf(request.getHeader("Authorization")));
        if (!refusals.isEmpty()) {
            request.response().setStatusCode(refusals.remove()).end("busy");
            return;
        }
        String[] parts = path.split("/", -1);
        if (request.method().equals(HttpMethod.POST)) {
            write(request, parts, new JsonObject(body));
        } else {
            read(request, parts);
        }
    }

    private void write(HttpServerRequest request, String[] parts, JsonObject body) {
        if (parts[0].equals("labels")) {
            JsonObject label = body.put("id", 100L + labels.size());
            labels.add(label);
            send(request, 201, label);
        } else if (parts[2].equals("launch")) {
            launch(request, parts[0].startsWith("workflow") ? "workflow_jobs" : "jobs", Long.parseLong(parts[1]), body);
        } else {
            job(Long.parseLong(parts[1])).put("status", "canceled");
            request.response().setStatusCode(202).end();
        }
    }

    private void launch(HttpServerRequest request, String kind, long template, JsonObject body) {
        launches.add(body);
        long id = 40 + jobs.size();
        JsonObject job = new JsonObject()
                .put("id", id)
                .put("kind", kind)
                .put("template", template)
                .put("status", "pending")
                .put("created", "2026-01-01T00:00:00Z")
                .put("url", prefix + kind + "/" + id + "/")
                .put("extra_vars", body.getJsonObject("extra_vars").encode())
                .put("artifacts", new JsonObject().put("made", id));
        onLaunch.accept(job);
        jobs.put(id, job);
        if (losesAnswers) {
            losesAnswers = false;
            request.response().setStatusCode(502).end();
        } else {
            send(request, 201, job);
        }
    }

    private void read(HttpServerRequest request, String[] parts) {
        switch (parts[0]) {
            case "config" -> send(request, 200, new JsonObject().put("version", "4.6.0"));
            case "unified_job_templates" -> page(request, named(request, templates));
            case "organizations" ->
                page(request, List.of(new JsonObject().put("id", 3L).put("name", "ops")));
            case "labels" -> page(request, named(request, labels));
            case "jobs", "workflow_jobs" -> jobs(request, parts);
            default ->
                list(
                        request,
                        jobs.values().stream()
                                .filter(job -> job.getLong("template") == Long.parseLong(parts[1]))
                                .sorted((a, b) -> Long.compare(b.getLong("id"), a.getLong("id")))
                                .toList());
        }
    }

    private void jobs(HttpServerRequest request, String[] parts) {
        onQuestion.run();
        if (parts[1].isEmpty()) {
            List<String> ids =
                    List.of(Objects.requireNonNull(request.getParam("id__in")).split(",", -1));
            list(
                    request,
                    jobs.values().stream()
                            .filter(job -> job.getString("kind").equals(parts[0]))
                            .filter(job -> ids.contains(job.getLong("id").toString()))
                            .map(job -> {
                                JsonObject shown = job.copy();
                                shown.remove("artifacts");
                                return shown;
                            })
                            .toList());
        } else {
            send(request, 200, job(Long.parseLong(parts[1])));
        }
    }

    private static List<JsonObject> named(HttpServerRequest request, List<JsonObject> all) {
        return all.stream()
                .filter(one -> one.getString("name").equals(request.getParam("name")))
                .toList();
    }

    private static void page(HttpServerRequest request, List<JsonObject> all) {
        int from = request.getParam("page") == null ? 0 : PAGE * (Integer.parseInt(request.getParam("page")) - 1);
        int to = Math.min(all.size(), from + PAGE);
        send(
                request,
                200,
                new JsonObject()
                        .put("count", all.size())
                        .put("next", to < all.size() ? "more" : null)
                        .put("results", new JsonArray(all.subList(from, to))));
    }

    private static void list(HttpServerRequest request, List<JsonObject> all) {
        send(request, 200, new JsonObject().put("count", all.size()).put("results", new JsonArray(all)));
    }

    private static void send(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }

    @Override
    public void close() {
        server.close().await();
    }
}
