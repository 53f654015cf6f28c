// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {
    private static final String COMPLETE = """
            postgres: {password: secret, host: db.example.org}
            s3: {access_key: me, secret_key: "env:KEY"}
            outbound: {allow: [10.0.0.0/8]}
            """;

    @TempDir
    Path folder;

    @Test
    void theEnvironmentOverridesTheFileWhichOverridesTheDefaults() throws IOException {
        Map<String, String> environment =
                Map.of("KEY", "hidden", "REFLEXARC_REDIS_PORT", "7000", "REFLEXARC_WORKER_QUEUES", "gpu, default");

        AppConfig config = load(COMPLETE, environment);

        assertThat(config.postgres().host()).isEqualTo("db.example.org");
        assertThat(config.postgres().port()).isEqualTo(5432);
        assertThat(config.redis().port()).isEqualTo(7000);
        assertThat(config.worker().queues()).containsExactly("gpu", "default");
        assertThat(config.s3().secretKey().reveal()).isEqualTo("hidden");
        assertThat(config.outbound().allow()).containsExactly("10.0.0.0/8");
    }

    @Test
    void aValueMayStandInAFileOfItsOwn() throws IOException {
        Path secret = Files.writeString(folder.resolve("password"), "from a file\n");

        AppConfig config =
                load("s3: {access_key: a, secret_key: b}", Map.of("REFLEXARC_POSTGRES_PASSWORD", "file:" + secret));

        assertThat(config.postgres().password().reveal()).isEqualTo("from a file");
    }

    @Test
    void allMistakesAreReportedTogether() {
        assertThatThrownBy(() -> load("redis: {hots: x}\nextra: 1\n", Map.of()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("there is no setting redis.hots (known here: host, port, password, tls)")
                .hasMessageContaining("there is no setting extra")
                .hasMessageContaining("postgres.password is missing (or set REFLEXARC_POSTGRES_PASSWORD)")
                .hasMessageContaining("s3.access_key is missing");
    }

    @Test
    void aWrongValueIsNamedWithItsPlace() {
        assertThatThrownBy(() -> load(COMPLETE + "redis: {port: many}", Map.of("KEY", "k")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("redis.port");
    }

    @Test
    void whatIsNoYamlIsNamedWithLineAndColumn() {
        assertThatThrownBy(() -> load("redis: {port: 1\n", Map.of()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("reflexarc.yml:1:");
    }

    @Test
    void aSecretIsNeverPrinted() throws IOException {
        assertThat(load(COMPLETE, Map.of("KEY", "hidden")).toString())
                .doesNotContain("secret,")
                .doesNotContain("hidden");
    }

    private AppConfig load(String yaml, Map<String, String> environment) throws IOException {
        return new ConfigLoader(environment)
                .load(Optional.of(Files.writeString(folder.resolve("reflexarc.yml"), yaml)));
    }
}
