// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.api.auth.Tokens;
import io.reflexarc.api.live.TapBoard;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The document is committed, so that every change of the interface is seen in review. */
class OpenApiDocumentTest {
    private static final Path GOLDEN = Path.of("src/main/openapi/openapi.json");

    @Test
    void isTheCommittedOne() throws IOException {
        String written = document().encodePrettily() + "\n";
        if (System.getProperty("golden.update") != null) {
            Files.writeString(GOLDEN, written);
        }
        assertThat(Files.readString(GOLDEN))
                .as("the committed document; rewrite it with -Dgolden.update")
                .isEqualTo(written);
    }

    @Test
    void namesThePermissionOfEveryGuardedOperation() {
        JsonObject operation = document().getJsonObject("paths").getJsonObject("/api/eda/v1/activations/{id}/enable/");

        assertThat(operation.getJsonObject("post").getString("x-permission")).isEqualTo("operate:activation");
        assertThat(operation.getJsonObject("post").getJsonObject("responses").fieldNames())
                .contains("204", "401", "403", "404");
    }

    @Test
    void requiresWhatARecordAlwaysHolds() {
        JsonObject schemas = document().getJsonObject("components").getJsonObject("schemas");

        assertThat(schemas.getJsonObject("ActivationInput").getJsonArray("required"))
                .containsExactly("name", "rulebook_id");
        assertThat(schemas.getJsonObject("ActivationInput").getBoolean("additionalProperties"))
                .isFalse();
        assertThat(schemas.getJsonObject("Activation").getJsonArray("required")).contains("lag", "inventory");
        assertThat(schemas.getJsonObject("StreamType").getJsonArray("enum"))
                .containsExactly("alertmanager", "github", "generic");
    }

    static JsonObject document() {
        Vertx vertx = Vertx.vertx();
        try {
            ApiContext context = new TestPorts().context();
            Tokens tokens = new Tokens(vertx, context.tokenKey(), context.clock(), context.random());
            return Endpoints.of(vertx, context, tokens, id -> Optional.empty(), new TapBoard(Instant.EPOCH))
                    .document();
        } finally {
            vertx.close();
        }
    }
}
