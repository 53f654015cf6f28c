// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A key in a file, shared by all processes of a site: its bytes as they stand, at least 32 of them. */
final class KeyFile {
    private static final int LEAST = 32;

    private KeyFile() {}

    static byte[] load(Path file) {
        try {
            byte[] key = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
            if (key.length < LEAST) {
                throw new ProblemException(
                        ProblemType.INVALID, "The key file " + file + " holds fewer than " + LEAST + " characters.");
            }
            return key;
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "The key file " + file + " cannot be read; make one with: openssl rand -base64 32 > " + file + ".",
                    e);
        }
    }
}
