// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PasswordsTest {
    private final Passwords passwords = new Passwords(new SecureRandom(), 50);

    @Test
    void knowsAPasswordByItsHash() {
        String hash = passwords.hash("open sesame");

        assertThat(passwords.verify(hash, "open sesame")).isTrue();
        assertThat(passwords.verify(hash, "open barley")).isFalse();
        assertThat(passwords.hash("open sesame")).isNotEqualTo(hash);
    }

    @Test
    void nobodysHashIsOfTheSameWorkAndHasNoPassword() {
        List<String> nobody = List.of(passwords.nobody().split("\\$", -1));
        List<String> somebody = List.of(passwords.hash("open sesame").split("\\$", -1));

        assertThat(nobody).hasSameSizeAs(somebody);
        assertThat(nobody.subList(0, 3)).isEqualTo(somebody.subList(0, 3));
        assertThat(nobody.get(4)).hasSameSizeAs(somebody.get(4));
        assertThat(passwords.verify(passwords.nobody(), "")).isFalse();
    }
}
