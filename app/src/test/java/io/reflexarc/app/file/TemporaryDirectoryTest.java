// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class TemporaryDirectoryTest {
    @Test
    void isForItsOwnerAloneAndGoesWithAllThatIsInIt() throws IOException {
        Path path;
        try (TemporaryDirectory directory = TemporaryDirectory.create("test")) {
            path = directory.path();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "d");
        }

        assertThat(path).doesNotExist();
    }
}
