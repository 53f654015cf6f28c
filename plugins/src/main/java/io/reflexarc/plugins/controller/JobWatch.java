// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the ends of jobs: all that are waited for are asked for together, in batches, on one virtual thread that lives as
 * long as there is something to wait for. A controller that does not answer is asked again: its jobs go on without it.
 */
final class JobWatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(JobWatch.class);
    private static final Set<String> ENDED = Set.of("successful", "failed", "error", "canceled");
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final ControllerApi api;
    private final ControllerConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Waiter> waiters = new HashSet<>();
    private boolean asking;

    JobWatch(Vertx vertx, ControllerApi api, ControllerConfig config) {
        this.vertx = vertx;
        this.api = api;
        this.config = config;
    }

    /** The job when it has ended. Blocks a virtual thread. */
    @SuppressWarnings("RedundantThrows") // awaiting throws them without saying so
    JsonNode await(JobKind kind, String url) throws IOException, InterruptedException {
        Waiter waiter = new Waiter(kind, url, Promise.promise());
        register(waiter);
        try {
            return waiter.end().future().await();
        } finally {
            forget(waiter);
        }
    }

    private void register(Waiter waiter) {
        lock.lock();
        try {
            waiters.add(waiter);
            if (!asking) {
                asking = true;
                Thread.ofVirtual().name("controller-jobs").start(this::askOn);
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(Waiter waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** Those waited for now; when there are none, nobody asks any more. */
    private List<Waiter> waited() {
        lock.lock();
        try {
            asking = !waiters.isEmpty();
            return List.copyOf(waiters);
        } finally {
            lock.unlock();
        }
    }

    private void askOn() {
        boolean troubled = false;
        for (List<Waiter> now = waited(); !now.isEmpty(); now = waited()) {
            Duration pause = config.refresh();
            try {
                ask(now);
                troubled = false;
            } catch (IOException e) {
                pause = pause.compareTo(AFTER_TROUBLE) < 0 ? pause : AFTER_TROUBLE;
                if (!troubled) {
                    LOGGER.atWarn().setCause(e).log("the controller does not tell about its jobs, asking on");
                }
                troubled = true;
            } catch (InterruptedException | RuntimeException e) {
                now.forEach(waiter -> waiter.end().tryFail(e));
                now.forEach(this::forget);
                continue;
            }
            try {
                vertx.timer(Math.max(1, pause.toMillis())).await();
            } catch (CancellationException e) {
                // Vert.x is closed: nobody waits any more
                waited().forEach(waiter -> waiter.end().tryFail(e));
                return;
            }
        }
    }

    private void ask(List<Waiter> now) throws IOException, InterruptedException {
        Map<JobKind, List<Waiter>> byKind = now.stream().collect(Collectors.groupingBy(Waiter::kind));
        for (Map.Entry<JobKind, List<Waiter>> entry : byKind.entrySet()) {
            List<Waiter> all = entry.getValue();
            for (int from = 0; from < all.size(); from += config.batch()) {
                ask(entry.getKey(), all.subList(from, Math.min(all.size(), from + config.batch())));
            }
        }
    }

    private void ask(JobKind kind, List<Waiter> batch) throws IOException, InterruptedException {
        List<String> ids = batch.stream().map(Waiter::id).distinct().toList();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("id__in", String.join(",", ids));
        parameters.put("page_size", Integer.toString(ids.size()));
        JsonNode results = api.getOnce(kind.jobs() + "/", parameters).path("results");
        Map<String, JsonNode> jobs = new LinkedHashMap<>();
        results.forEach(job -> jobs.put(job.path("id").asText(), job));
        for (Waiter waiter : new ArrayList<>(batch)) {
            JsonNode job = jobs.get(waiter.id());
            if (job == null) {
                gone(waiter);
            } else if (ENDED.contains(job.path("status").asText())) {
                end(waiter, job);
            }
        }
    }

    /** Lists leave artifacts out on some versions of the controller; the job itself has them. */
    private void end(Waiter waiter, JsonNode job) throws IOException, InterruptedException {
        waiter.end().tryComplete(job.has("artifacts") ? job : api.follow(waiter.url()));
    }

    private void gone(Waiter waiter) throws IOException, InterruptedException {
        try {
            JsonNode job = api.follow(waiter.url());
            if (ENDED.contains(job.path("status").asText())) {
                waiter.end().tryComplete(job);
            }
        } catch (ControllerApi.Refused e) {
            waiter.end().tryFail(e);
        }
    }

    /**
     * Somebody who waits for a job.
     *
     * @param kind of the job
     * @param url address of the job
     * @param end is completed with the job
     */
    private record Waiter(JobKind kind, String url, Promise<JsonNode> end) {
        String id() {
            String path = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }
}
