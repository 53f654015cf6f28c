// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** A file of lines that only grows; a line counts when it is on the disk. Lines in flight share one sync. */
final class Ledger implements AutoCloseable {
    private final Path file;
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
    private final Thread writer = Thread.ofPlatform().name("ledger").unstarted(this::write);

    Ledger(Path file) {
        this.file = file;
        writer.setDaemon(true);
        writer.start();
    }

    /** Completes when the line is on the disk. */
    Future<Void> append(Object... columns) {
        List<String> texts = Stream.of(columns).map(String::valueOf).toList();
        Entry entry = new Entry(String.join("\t", texts) + "\n", Promise.promise(), false);
        waiting.add(entry);
        return entry.done.future();
    }

    private void write() {
        List<Entry> batch = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (batch.stream().noneMatch(Entry::last)) {
                batch.clear();
                batch.add(waiting.take());
                waiting.drainTo(batch);
                StringBuilder text = new StringBuilder();
                batch.forEach(entry -> text.append(entry.line));
                ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
                batch.forEach(entry -> entry.done.tryComplete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What stands in the file, a line at a time, each cut into its columns. */
    List<String[]> read() {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.split("\t", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        waiting.add(new Entry("", Promise.promise(), true));
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Entry(String line, Promise<Void> done, boolean last) {}
}
