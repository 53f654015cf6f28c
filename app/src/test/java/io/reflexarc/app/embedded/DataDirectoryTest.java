// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void isReadableByItsOwnerOnlyAndKeepsItsSecrets() throws IOException {
        Path root = folder.resolve("site");
        String secret;
        try (DataDirectory data = DataDirectory.open(root)) {
            secret = data.secret("redis");
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("secrets/redis"))))
                .isEqualTo("rw-------");
        try (DataDirectory again = DataDirectory.open(root)) {
            assertThat(again.secret("redis")).isEqualTo(secret).hasSizeGreaterThan(40);
            assertThat(again.secret("other")).isNotEqualTo(secret);
        }
    }

    @Test
    void isUsedByOneAtATime() {
        Path root = folder.resolve("site");
        try (DataDirectory data = DataDirectory.open(root)) {
            assertThatThrownBy(() -> DataDirectory.open(root))
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
            assertThat(data.file("layout")).exists();
        }
        DataDirectory.open(root).close();
    }

    @Test
    void whoLooksForAnExistingOneMakesNone() {
        Path root = folder.resolve("mistyped");
        assertThatThrownBy(() -> DataDirectory.openExisting(root)).hasMessageContaining("no data of Reflexarc");
        assertThat(root).doesNotExist();
    }

    @Test
    void aDamagedLayoutIsNoNewSite() throws IOException {
        Path root = Files.createDirectory(folder.resolve("site"));
        Files.writeString(root.resolve("layout"), "one");

        assertThatThrownBy(() -> DataDirectory.open(root)).hasMessageContaining("\"layout\" is damaged");
    }

    @Test
    void aProcessOfAnotherStartTimeIsNotEnded() throws IOException {
        Path root = folder.resolve("site");
        try (DataDirectory data = DataDirectory.open(root)) {
            long own = ProcessHandle.current().pid();
            data.write(
                    "servers.json",
                    "[{\"name\":\"redis\",\"pid\":" + own + ",\"started_at\":\"2001-01-01T00:00:00Z\"}]");

            new ChildProcesses(data).endOrphans(); // would end this test

            assertThat(data.read("servers.json")).hasValue("[]");
        }
    }
}
