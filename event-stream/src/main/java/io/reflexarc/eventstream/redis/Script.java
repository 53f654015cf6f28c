// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.eventstream.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The Lua scripts: one for each atomic step. Each is a resource named like its constant. */
enum Script {
    APPEND,
    MESSAGE,
    OPEN,
    BIND,
    TRIM,
    TRIMMED,
    DELETE,
    BACKLOG,
    ROOM,
    FIND,
    RECENT,
    CUT,
    ARCHIVED;

    private final String source;
    private final String sha1;

    Script() {
        byte[] bytes = load(name().toLowerCase(Locale.ROOT) + ".lua");
        this.source = new String(bytes, StandardCharsets.UTF_8);
        try {
            this.sha1 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** The text. */
    String source() {
        return source;
    }

    /** What EVALSHA calls it. */
    String sha1() {
        return sha1;
    }

    private static byte[] load(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing on the class path: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
