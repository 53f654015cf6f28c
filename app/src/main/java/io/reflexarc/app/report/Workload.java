// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.rulebooks.VariablesParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a worker is told to run.
 *
 * @param rulebook its text
 * @param variables with {@code eda.filename}, and the variables of the environment as they are written
 * @param environment to be rendered with the variables, then set
 * @param controller {@code url, token, ssl_verify, username, password}; an empty object without one
 * @param passwords of the vault: {@code type, label, password}
 * @param project tarball with playbooks
 */
public record Workload(
        String rulebook,
        JsonText variables,
        JsonText environment,
        JsonNode controller,
        List<JsonNode> passwords,
        Optional<Path> project) {
    public Workload {
        passwords = List.copyOf(passwords);
    }

    /** Puts messages together, in whatever order they come. */
    static final class Assembly {
        private final WorkloadFiles files;
        private final Map<String, String> names = new TreeMap<>();
        private String rulebook = "";
        private ObjectNode variables = Json.mapper().createObjectNode();
        private ObjectNode environment = Json.mapper().createObjectNode();
        private JsonNode controller = Json.mapper().createObjectNode();
        private ArrayNode passwords = Json.mapper().createArrayNode();
        private Optional<String> onlyFile = Optional.empty();

        Assembly(WorkloadFiles files) {
            this.files = files;
        }

        /** Takes the next message; {@code true} after the last one. */
        boolean take(JsonNode message) {
            switch (message.path("type").asText()) {
                case "Rulebook" -> rulebook = new String(data(message), StandardCharsets.UTF_8);
                case "ExtraVars" -> variables = mapping(message);
                case "EnvVars" -> environment = mapping(message);
                case "ControllerInfo" -> controller = message;
                case "VaultCollection" -> message.path("data").forEach(passwords::add);
                case "FileContents" -> file(message);
                case "ProjectData" -> files.project(data(message));
                case "EndOfResponse" -> {
                    return true;
                }
                default -> {
                    // A newer server may know more than we do
                }
            }
            return false;
        }

        private void file(JsonNode message) {
            String key = message.path("template_key").asText();
            String file = files.file(data(message)).toString();
            int dot = key.indexOf('.');
            if (dot < 0) {
                onlyFile = Optional.of(file);
            } else {
                names.put(key.substring(dot + 1), file);
            }
        }

        private static byte[] data(JsonNode message) {
            return Base64.getDecoder().decode(message.path("data").asText(""));
        }

        private static ObjectNode mapping(JsonNode message) {
            return (ObjectNode) VariablesParser.parse(new String(data(message), StandardCharsets.UTF_8))
                    .tree();
        }

        Workload workload() {
            ObjectNode all = variables.deepCopy();
            ObjectNode eda = all.putObject("eda");
            onlyFile.ifPresentOrElse(
                    file -> eda.put("filename", file),
                    () -> eda.set("filename", Json.mapper().valueToTree(names)));
            all.setAll(environment);
            return new Workload(
                    rulebook,
                    JsonText.of(all),
                    JsonText.of(environment),
                    controller,
                    passwords.valueStream().toList(),
                    files.project());
        }
    }
}
