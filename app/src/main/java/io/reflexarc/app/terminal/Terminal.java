// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.app.run.PythonTime;
import io.reflexarc.engine.template.PythonText;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes banners: a blank line, {@code ** <local time> [<name>] ****}, what there is to say, a line of asterisks. Safe for any
 * thread; what is written appears at the next {@link #flush}.
 */
public final class Terminal {
    /** Columns where nobody looks. */
    public static final int DEFAULT_WIDTH = 80;

    private final ReentrantLock lock = new ReentrantLock();
    private final PrintStream out;
    private final InstantSource clock;
    private final ZoneId zone;
    private final int width;

    /** Writes there, with the times of this clock and zone, so many columns wide. */
    public Terminal(PrintStream out, InstantSource clock, ZoneId zone, int width) {
        this.out = out;
        this.clock = clock;
        this.zone = zone;
        this.width = width;
    }

    /** A banner around a value. */
    public void banner(String name, JsonNode content, boolean pretty) {
        banner(name, pretty ? PythonText.pretty(content) : PythonText.str(content));
    }

    /** A banner around text. */
    public void banner(String name, String content) {
        String head = "** " + PythonTime.text(LocalDateTime.ofInstant(clock.instant(), zone)) + " [" + name + "] ";
        write("\n" + head + "*".repeat(Math.max(0, width - head.length())) + "\n" + content + "\n" + "*".repeat(width)
                + "\n");
    }

    /** Text as it is. */
    public void write(String text) {
        lock.lock();
        try {
            out.append(text);
        } finally {
            lock.unlock();
        }
    }

    /** A value on a line of its own, as Python's {@code print} shows it. */
    public void line(JsonNode value) {
        write(PythonText.str(value) + "\n");
    }

    /** Everything so far becomes visible. */
    public void flush() {
        out.flush();
    }
}
