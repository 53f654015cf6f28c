// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a backup of the log into a Redis that holds none. It is opened last, so that half a log takes nothing. Blocks. */
public final class LogRestore implements AutoCloseable {
    private static final int AT_A_TIME = 500;

    private final RedisCalls redis;
    private final RedisConfig config;
    private final List<Request> waiting = new ArrayList<>();
    private final Set<String> later = new HashSet<>();

    /** Into this server. */
    public LogRestore(Vertx vertx, RedisConfig config) {
        this.redis = new RedisCalls(vertx, config);
        this.config = config;
    }

    /** {@code CONFLICT} when there is anything of a log. */
    public void requireEmpty() {
        redis.scan("", names -> {
            if (!names.isEmpty()) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "the Redis at " + config.address() + " holds a log already: restore into an empty one");
            }
        });
    }

    /** Writes all of it, then opens it. */
    public void load(Files files, Incarnation incarnation) throws IOException {
        for (String name : List.of(LogCopy.Files.LATER, LogCopy.Files.ENTRIES, LogCopy.Files.KEYS)) {
            try (var lines = new BufferedReader(new InputStreamReader(files.open(name), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    take(JsonText.ofString(line).as(LogRecord.class));
                }
            }
        }
        send();
        redis.script(Script.OPEN, List.of(incarnation.toString()));
    }

    private void take(LogRecord line) {
        switch (line.kind()) {
            case LATER -> later.addAll(line.values());
            case ENTRY -> entry(line);
            case TEXT -> text(line);
            case HASH -> keyed(Command.HSET, line);
            case SET -> {
                keyed(Command.SADD, line);
                if (line.key().startsWith("bound:")) {
                    String inbox = line.key().substring("bound:".length());
                    line.values().forEach(stream -> add(Command.SADD, "bindings:" + stream, List.of(inbox)));
                }
            }
        }
        if (waiting.size() >= AT_A_TIME) {
            send();
        }
    }

    private void entry(LogRecord line) {
        List<String> arguments = new ArrayList<>();
        arguments.add(line.id());
        arguments.addAll(line.values());
        add(Command.XADD, line.key(), arguments);
        if (line.key().startsWith("history:")) {
            String stream = line.key().substring("history:".length());
            add(Command.HSET, "index", List.of(line.values().get(1), stream + " " + line.id()));
        }
    }

    private void text(LogRecord line) {
        String value = line.values().getFirst();
        if (line.key().startsWith("dedupe:") && later.contains(value)) {
            return;
        }
        List<String> arguments = new ArrayList<>(List.of(value));
        if (line.millis() > 0) {
            arguments.addAll(List.of("PX", Long.toString(line.millis())));
        }
        add(Command.SET, line.key(), arguments);
    }

    private void keyed(Command command, LogRecord line) {
        List<String> values = line.key().startsWith("meta:") ? withoutOwner(line.values()) : line.values();
        if (!values.isEmpty()) {
            add(command, line.key(), values);
        }
    }

    /** The log is of a later moment than the database: an owner that came in between never was. */
    private static List<String> withoutOwner(List<String> fields) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (!fields.get(i).equals("owner")) {
                kept.addAll(fields.subList(i, i + 2));
            }
        }
        return kept;
    }

    private void add(Command command, String key, List<String> arguments) {
        Request request = Request.cmd(command).arg(redis.key(key));
        arguments.forEach(request::arg);
        waiting.add(request);
    }

    private void send() {
        List<@Nullable Response> answers = redis.batch(List.copyOf(waiting));
        waiting.clear();
        if (answers.stream().anyMatch(ErrorType.class::isInstance)) {
            throw new ProblemException(
                    ProblemType.DEPENDENCY_DOWN,
                    "the Redis at " + config.address() + " did not take what it was given");
        }
    }

    @Override
    public void close() {
        redis.close();
    }

    /** Files of a backup. */
    @FunctionalInterface
    public interface Files {
        /** Opens one. */
        InputStream open(String name) throws IOException;
    }
}
