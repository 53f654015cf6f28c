// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTrustTest {
    private final HttpClientOptions options = new HttpClientOptions();

    @ParameterizedTest
    @ValueSource(strings = {"yes", "True", "", " "})
    void yesLeavesTheUsualCertificates(String written) {
        assertThat(ServerTrust.apply(options, written)).isTrue();
        assertThat(options.isTrustAll()).isFalse();
        assertThat(options.getTrustOptions()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "False "})
    void noTakesEveryCertificateWhateverItsName(String written) {
        assertThat(ServerTrust.apply(options, written)).isFalse();
        assertThat(options.isTrustAll()).isTrue();
    }

    @Test
    void anythingElseIsAFileOfAuthorities() {
        assertThat(ServerTrust.apply(options, "/etc/Site.pem")).isTrue();
        assertThat(options.isTrustAll()).isFalse();
        assertThat(options.getTrustOptions())
                .isInstanceOfSatisfying(
                        PemTrustOptions.class,
                        pem -> assertThat(pem.getCertPaths()).containsExactly("/etc/Site.pem"));
    }
}
