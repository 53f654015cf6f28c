// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk-through of {@code examples/prometheus}: a real Prometheus and Alertmanager in, a real action out. */
final class PrometheusArcIT {
    @TempDir
    Path folder;

    @Test
    void aFiringAlertBecomesADecisionWithItsActions() throws Exception {
        try (Program program = Program.up(folder.resolve("site"), "--no-demo")) {
            Path facts = Files.writeString(
                    folder.resolve("facts.json"), program.facts().toString());
            Path output = folder.resolve("output");
            Process walk = new ProcessBuilder("../examples/prometheus/run", "--facts", facts.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(walk.waitFor(300, TimeUnit.SECONDS)).isTrue();
            String printed = Files.readString(output);
            assertThat(walk.exitValue()).as(printed + program.errors()).isZero();
            JsonNode decision = Json.mapper().readTree(printed.substring(printed.indexOf('{')));
            assertThat(decision.at("/matched/0/body/alert/labels/alertname").asText())
                    .isEqualTo("ShopDown");
            assertThat(decision.at("/matched/0/body/meta/hosts/0").asText()).isEqualTo("shop-1.example.org");
            assertThat(decision.at("/actions/0/output").asText()).contains("shop-1.example.org:8443 is down");
            assertThat(decision.at("/actions/1/attempts")).hasSize(1);
        }
    }
}
