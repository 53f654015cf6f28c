// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.file;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that nobody else can read; closing it deletes it with all that is in it. */
public final class TemporaryDirectory implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TemporaryDirectory.class);

    private final Path path;

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    /** An empty one whose name tells what for. */
    public static TemporaryDirectory create(String purpose) {
        try {
            return new TemporaryDirectory(Files.createTempDirectory("reflexarc-" + purpose + "-"));
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "a temporary directory cannot be made: " + e.getMessage()
                            + "; look at the room and the permissions of " + "the system's temporary directory",
                    e);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** What cannot be deleted is left to the system, which clears its temporary directory. */
    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException e) {
            LOGGER.atDebug().addKeyValue("directory", path).setCause(e).log("a temporary directory was not deleted");
        }
    }
}
