// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key outside the database. */
class StoreKeyTest {
    private static final byte[] CLEAR = "clear".getBytes(StandardCharsets.UTF_8);
    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path folder;

    private StoreKey key(String name) {
        return StoreKey.load(folder.resolve(name), random);
    }

    @Test
    void makesAFileThatOnlyItsOwnerReadsAndNothingElse() throws IOException {
        key("key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void theSameFileIsTheSameKey() {
        byte[] sealed = key("key").encrypt(CLEAR, "here");

        assertThat(key("key").decrypt(sealed, key("key").id(), "here")).isEqualTo(CLEAR);
    }

    @Test
    void encryptsTheSameTextDifferentlyEachTime() {
        StoreKey key = key("key");

        assertThat(key.encrypt(CLEAR, "here")).isNotEqualTo(key.encrypt(CLEAR, "here"));
    }

    @Test
    void refusesWhatWasAlteredCutOrMoved() {
        StoreKey key = key("key");
        byte[] sealed = key.encrypt(CLEAR, "here");
        byte[] altered = sealed.clone();
        altered[sealed.length - 1] ^= 1;

        assertThatThrownBy(() -> key.decrypt(altered, key.id(), "here")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> key.decrypt(new byte[3], key.id(), "here")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> key.decrypt(sealed, key.id(), "there"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("secret of there was altered or moved");
    }

    @Test
    void anotherKeyIsNamedAsTheReason() {
        byte[] sealed = key("one").encrypt(CLEAR, "here");

        assertThatThrownBy(() -> key("other").decrypt(sealed, key("one").id(), "here"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("was encrypted with key " + key("one").id());
    }

    @Test
    void aFileThatHoldsNoKeyIsRefusedAndLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "c2hvcnQ=\n");

        assertThatThrownBy(() -> StoreKey.load(file, random))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(file.toString());
        assertThat(Files.readString(file)).isEqualTo("c2hvcnQ=\n");
    }
}
