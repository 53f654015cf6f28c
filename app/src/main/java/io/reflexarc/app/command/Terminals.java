// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.terminal.Terminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/** The terminal of this process. */
final class Terminals {
    private static final int BUFFER = 65_536;

    private Terminals() {}

    /** Standard output; the launcher says how wide the terminal is, when there is one. */
    static Terminal stdout(Map<String, String> environment) {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                false,
                StandardCharsets.UTF_8);
        String columns = environment.getOrDefault("REFLEXARC_COLUMNS", "");
        int width = columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : Terminal.DEFAULT_WIDTH;
        return new Terminal(out, Clock.systemUTC(), ZoneId.systemDefault(), width);
    }
}
