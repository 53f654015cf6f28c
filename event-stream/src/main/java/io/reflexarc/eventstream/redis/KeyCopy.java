// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.id.Position;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of repeats, and whatever else stands beside inboxes and histories. A key that came after the moment of the
 * backup is left out where that can be seen here; keys of later events are told apart by {@link LogRecord.Kind#LATER}.
 */
final class KeyCopy {
    /** Copied with the entries, made again by a restore, or of this moment only. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("(inbox|meta|bound|bindings|history|kept):.*|index|incarnation|hold");

    private static final Pattern DEDUPE = Pattern.compile("dedupe:([0-9a-f-]{36}):.*", Pattern.DOTALL);
    private static final Pattern OUTCOME = Pattern.compile("outcome:([^:]+):.*");

    private final RedisCalls redis;
    private final LogCut cut;
    private final Set<String> left;

    KeyCopy(RedisCalls redis, LogCut cut, Set<String> left) {
        this.redis = redis;
        this.cut = cut;
        this.left = left;
    }

    void write(LogCopy.Lines lines) throws IOException {
        try {
            redis.scan("", names -> {
                try {
                    page(names.stream().filter(this::isWanted).toList(), lines);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    private boolean isWanted(String name) {
        if (ELSEWHERE.matcher(name).matches() || left.contains(name)) {
            return false;
        }
        Matcher dedupe = DEDUPE.matcher(name);
        return !dedupe.matches() || cut.streams().containsKey(dedupe.group(1));
    }

    private void page(List<String> names, LogCopy.Lines lines) throws IOException {
        List<Request> questions = new ArrayList<>();
        for (String name : names) {
            questions.add(RedisCalls.request(Command.TYPE, redis.key(name)));
            questions.add(RedisCalls.request(Command.PTTL, redis.key(name)));
        }
        List<@Nullable Response> answers = redis.batch(questions);
        List<Request> contents = new ArrayList<>();
        List<String> there = new ArrayList<>();
        List<String> types = new ArrayList<>();
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String type = String.valueOf(answers.get(2 * i));
            Command command = switch (type) {
                case "string" -> Command.GET;
                case "hash" -> Command.HGETALL;
                case "set" -> Command.SMEMBERS;
                default -> Command.EXISTS; // gone, or nothing of the log
            };
            contents.add(RedisCalls.request(command, redis.key(names.get(i))));
            there.add(names.get(i));
            types.add(type);
            millis.add(Objects.requireNonNull(answers.get(2 * i + 1)).toLong());
        }
        List<@Nullable Response> values = redis.batch(contents);
        for (int i = 0; i < there.size(); i++) {
            Response value = values.get(i);
            if (value != null) {
                write(there.get(i), types.get(i), value, Math.max(0, millis.get(i)), lines);
            }
        }
    }

    private void write(String name, String type, Response value, long millis, LogCopy.Lines lines) throws IOException {
        switch (type) {
            case "string" -> {
                if (!isLater(name, value.toString())) {
                    lines.write(LogRecord.text(name, value.toString(), millis));
                }
            }
            case "hash" -> lines.write(LogRecord.of(LogRecord.Kind.HASH, name, LogCopy.texts(value)));
            case "set" -> lines.write(LogRecord.of(LogRecord.Kind.SET, name, LogCopy.texts(value)));
            default -> {
                // Nothing of the log
            }
        }
    }

    /** An outcome that was appended after the moment, or to an inbox that the backup does not have. */
    private boolean isLater(String name, String value) {
        Matcher outcome = OUTCOME.matcher(name);
        if (!outcome.matches()) {
            return false;
        }
        LogCut.Part inbox = cut.inboxes().get(outcome.group(1));
        return inbox == null
                || inbox.last().isEmpty()
                || Position.parse(value).compareTo(Position.parse(inbox.last())) > 0;
    }
}
