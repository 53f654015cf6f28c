// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import io.reflexarc.core.id.InboxId;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.id.Position;
import io.reflexarc.core.id.TaskId;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The log as it stood at one moment after that of the copy of PostgreSQL, while the site goes on. Inboxes are append-only and
 * nothing is trimmed meanwhile, so that it is enough to know the last entry of each at that moment. What PostgreSQL does not
 * know of yet is left out: outcomes of tasks that had not ended for it, and versions that it does not have. Entries after its
 * position are decided again. Blocks.
 */
public final class LogCopy implements AutoCloseable {
    private static final String HOLD = "hold";
    private static final long HOLD_MILLIS = 120_000;
    private static final int PAGE = 500;

    private final RedisCalls redis;

    /** Of the log of this server. */
    public LogCopy(Vertx vertx, RedisConfig config) {
        this.redis = new RedisCalls(vertx, config);
    }

    /** From now on nothing is trimmed: to be called before the moment of PostgreSQL's copy. */
    public void hold() {
        redis.call(Command.SET, redis.key(HOLD), "1", "PX", HOLD_MILLIS);
    }

    /** Trimming goes on. */
    public void release() {
        redis.call(Command.DEL, redis.key(HOLD));
    }

    /**
     * Writes all that the log holds; {@code CONFLICT} when it does not fit to the copy of PostgreSQL, which another try may
     * mend.
     */
    public Summary write(Beside beside, Files files) throws IOException {
        Set<String> inboxes = beside.decided().keySet().stream()
                .map(InboxId::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> streams = new TreeSet<>();
        redis.scan("history:", names -> names.forEach(name -> streams.add(rest(name))));
        LogCut cut = cut(List.copyOf(inboxes), List.copyOf(streams));
        String expected = beside.incarnation().toString();
        if (!cut.incarnation().equals(expected)) {
            throw conflict("Redis holds the event log \"" + cut.incarnation() + "\", but PostgreSQL remembers "
                    + expected + ": see reflexarc log");
        }
        Counter counter = new Counter();
        Set<String> left = new TreeSet<>();
        try (OutputStream out = files.open(Files.ENTRIES)) {
            for (var inbox : beside.decided().entrySet()) {
                LogCut.Part part = part(cut.inboxes(), inbox.getKey().toString());
                requireWhole(inbox.getKey(), part, inbox.getValue(), beside);
                new InboxCopy(redis, beside, inbox.getKey(), part, left)
                        .write(line -> counter.write(out, line), this::hold);
            }
            for (var stream : cut.streams().entrySet()) {
                history(stream.getKey(), stream.getValue(), line -> counter.write(out, line));
            }
        }
        try (OutputStream out = files.open(Files.KEYS)) {
            new KeyCopy(redis, cut, left).write(line -> counter.write(out, line));
        }
        try (OutputStream out = files.open(Files.LATER)) {
            later(cut, line -> counter.write(out, line));
        }
        return new Summary(counter.entries, counter.keys);
    }

    private LogCut cut(List<String> inboxes, List<String> streams) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(inboxes.size()));
        arguments.addAll(inboxes);
        arguments.addAll(streams);
        return LogCut.of(inboxes, streams, redis.script(Script.CUT, arguments));
    }

    private static LogCut.Part part(Map<String, LogCut.Part> parts, String name) {
        return parts.getOrDefault(name, new LogCut.Part("", Map.of(), List.of()));
    }

    private static void requireWhole(InboxId inbox, LogCut.Part part, Position decided, Beside beside) {
        Position trimmed = position(part.counts().getOrDefault("trimmed", ""));
        Position last = position(part.last());
        Position reached = last.compareTo(trimmed) > 0 ? last : trimmed;
        Position needed = beside.needed().getOrDefault(inbox, Position.START);
        if (trimmed.compareTo(needed) > 0 || reached.compareTo(decided) < 0) {
            throw conflict("inbox " + inbox + " of the log does not hold what PostgreSQL rests on: entries after "
                    + needed + " up to " + decided + " are needed, those from " + trimmed + " to " + last
                    + " are there");
        }
    }

    private static Position position(String text) {
        return text.isEmpty() ? Position.START : Position.parse(text);
    }

    private void history(String stream, LogCut.Part part, Lines lines) throws IOException {
        String key = "history:" + stream;
        for (List<Response> page = page(key, "-", part.last()); !page.isEmpty(); ) {
            hold();
            for (Response entry : page) {
                lines.write(LogRecord.entry(key, entry.get(0).toString(), texts(entry.get(1))));
            }
            page = page(key, "(" + page.getLast().get(0), part.last());
        }
        lines.write(LogRecord.of(LogRecord.Kind.HASH, "kept:" + stream, InboxCopy.flat(part.counts())));
    }

    /** The ids of events that came after the moment: nobody may take them for repeats in a restored site. */
    private void later(LogCut cut, Lines lines) throws IOException {
        Set<String> streams = new TreeSet<>();
        redis.scan("history:", names -> names.forEach(name -> streams.add(rest(name))));
        for (String stream : streams) {
            String key = "history:" + stream;
            String last = part(cut.streams(), stream).last();
            List<Response> first = page(key, "-", "+", 1);
            if (!last.isEmpty()
                    && !first.isEmpty()
                    && position(first.getFirst().get(0).toString()).compareTo(position(last)) > 0) {
                throw conflict(
                        "the history of stream " + stream + " has dropped all that it held when the backup began");
            }
            for (List<Response> page = page(key, last.isEmpty() ? "-" : "(" + last, "+"); !page.isEmpty(); ) {
                lines.write(LogRecord.of(
                        LogRecord.Kind.LATER,
                        stream,
                        page.stream()
                                .map(entry -> entry.get(1).get(1).toString())
                                .toList()));
                page = page(key, "(" + page.getLast().get(0), "+");
            }
        }
    }

    private List<Response> page(String key, String from, String to) {
        return to.isEmpty() ? List.of() : page(key, from, to, PAGE);
    }

    private List<Response> page(String key, String from, String to, int most) {
        Response answer = redis.call(Command.XRANGE, redis.key(key), from, to, "COUNT", most);
        return answer == null ? List.of() : answer.stream().toList();
    }

    static List<String> texts(Response list) {
        return list.stream().map(one -> one.toString(StandardCharsets.UTF_8)).toList();
    }

    private static String rest(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private static ProblemException conflict(String sentence) {
        return new ProblemException(ProblemType.CONFLICT, sentence);
    }

    @Override
    public void close() {
        redis.close();
    }

    /**
     * What the copy of PostgreSQL says.
     *
     * @param incarnation of the log that belongs to it
     * @param decided how far each inbox has been decided
     * @param needed entries after this one are read again by a recovery
     * @param versions ids of the rulebook versions that there are
     * @param ended tells which of these tasks had ended
     */
    public record Beside(
            Incarnation incarnation,
            Map<InboxId, Position> decided,
            Map<InboxId, Position> needed,
            Set<Long> versions,
            UnaryOperator<Set<TaskId>> ended) {}

    /**
     * What was written.
     *
     * @param entries of inboxes and histories
     * @param keys beside them
     */
    public record Summary(long entries, long keys) {}

    /** Where the lines go. */
    @FunctionalInterface
    interface Lines {
        void write(LogRecord line) throws IOException;
    }

    /** Files of a backup of the log. */
    @FunctionalInterface
    public interface Files {
        /** Inboxes and histories. */
        String ENTRIES = "log/entries.ndjson.gz";

        /** What stands beside them. */
        String KEYS = "log/keys.ndjson.gz";

        /** What came too late. */
        String LATER = "log/later.ndjson.gz";

        /** Begins a file. */
        OutputStream open(String name) throws IOException;
    }

    private static final class Counter {
        private long entries;
        private long keys;

        void write(OutputStream out, LogRecord line) throws IOException {
            switch (line.kind()) {
                case ENTRY -> entries++;
                case TEXT, HASH, SET -> keys++;
                case LATER -> {
                    // Not part of it
                }
            }
            out.write(JsonText.of(line).bytes());
            out.write('\n');
        }
    }
}
