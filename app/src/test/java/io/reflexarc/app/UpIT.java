// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import static io.reflexarc.app.Client.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code reflexarc up} as a user meets it: first start, restart, crash, and everything that must be refused. */
final class UpIT {
    @TempDir
    Path folder;

    @Test
    void theDemoMakesADecisionAndAnActionAndSurvivesStopAndKill() throws Exception {
        Path data = folder.resolve("site");
        JsonNode first;
        String eventId;
        try (Program program = Program.up(data)) {
            first = program.facts();
            assertThat(first.fieldNames())
                    .toIterable()
                    .contains("url", "live_url", "admin_credentials_file", "event_stream_url", "event_stream_token");
            Path credentials = Path.of(first.get("admin_credentials_file").asText());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials)))
                    .isEqualTo("rw-------");
            eventId = greet(first);
            assertDecided(first, eventId);
            assertRunsSourcesOfItsOwn(first);
            assertThat(program.stop()).isIn(0, 143);
        }
        try (Program program = Program.up(data)) {
            JsonNode second = program.facts();
            assertThat(second.get("event_stream_token")).isEqualTo(first.get("event_stream_token"));
            assertDecided(second, eventId);
            List<ProcessHandle> servers = servers(data);
            assertThat(servers).hasSizeGreaterThanOrEqualTo(2);
            program.kill();
            assertThat(servers).as("they outlive a killed process").anyMatch(ProcessHandle::isAlive);
            try (Program again = Program.up(data)) {
                JsonNode third = again.facts();
                assertThat(servers).as("the next start ends the orphans").noneMatch(ProcessHandle::isAlive);
                assertDecided(third, eventId);
                assertDecided(third, greet(third));
            }
        }
    }

    @Test
    void aSecondUpOnALiveDataDirectoryIsRefusedInOneSentence() throws Exception {
        Path data = folder.resolve("site");
        try (Program program = Program.up(data, "--no-demo")) {
            program.facts();
            try (Program second = Program.up(data)) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.errors())
                        .contains("is in use by process " + program.pid())
                        .hasLineCount(1);
            }
        }
    }

    @Test
    void aBusyPortIsRefusedInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program program = Program.start(
                        java.util.Map.of(),
                        "up",
                        "--port",
                        Integer.toString(taken.getLocalPort()),
                        "--data-dir",
                        folder.resolve("site").toString())) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.errors())
                    .contains("Port " + taken.getLocalPort() + " is in use")
                    .hasLineCount(1);
        }
    }

    @Test
    void aDirectoryOfANewerVersionOrOfSomebodyElseIsRefusedInOneSentence() throws Exception {
        Path newer = Files.createDirectory(folder.resolve("newer"));
        Files.writeString(newer.resolve("layout"), "99");
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("letter.txt"), "dear reader");
        Path file = Files.createFile(folder.resolve("file"));
        for (var expected : List.of(
                java.util.Map.entry(newer, "newer version"),
                java.util.Map.entry(foreign, "holds other files"),
                java.util.Map.entry(file, "it is a file"))) {
            try (Program program = Program.up(expected.getKey())) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.errors()).contains(expected.getValue()).hasLineCount(1);
            }
        }
    }

    /** Without a mapping to an event stream. */
    private static void assertRunsSourcesOfItsOwn(JsonNode facts) throws Exception {
        Client client = Client.login(facts);
        String text = """
                - name: Count
                  hosts: all
                  sources:
                    - eda.builtin.range: {limit: "{{ most }}"}
                      filters:
                        - eda.builtin.event_splitter: {splitter_key: nothing}
                  rules:
                    - name: Second
                      condition: event.i == 1 and event.meta.source.type == "eda.builtin.range"
                      action:
                        debug:
                """;
        JsonNode rulebook = client.post("/api/eda/v1/rulebooks/", Map.of("name", "count", "rulesets", text));
        JsonNode activation = client.post(
                "/api/eda/v1/activations/",
                Map.of(
                        "name",
                        "count",
                        "rulebook_id",
                        rulebook.get("id").asLong(),
                        "is_enabled",
                        true,
                        "extra_var",
                        "most: 3"));
        String path = "/api/eda/v1/activations/" + activation.get("id").asLong() + "/";
        eventually(
                "the source's end",
                () -> client.get(path).get("status_message").asText(),
                "source eda.builtin.range has come to its end"::equals);
        eventually(
                "its decision", () -> client.get(path).get("rules_fired_count").asInt(), count -> count == 1);
    }

    private static String greet(JsonNode facts) throws Exception {
        var answer = Client.send(
                facts.get("event_stream_url").asText(),
                facts.get("event_stream_token").asText(),
                "{\"greeting\": \"hello\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Json.mapper().readTree(answer.body()).get("event_id").asText();
    }

    private static void assertDecided(JsonNode facts, String eventId) throws Exception {
        Client client = Client.login(facts);
        JsonNode decisions = eventually(
                "the decision",
                () -> client.get("/api/eda/v1/events/" + eventId + "/").get("decisions"),
                found -> !found.isEmpty());
        assertThat(decisions).hasSize(1);
        JsonNode decision = eventually(
                "the actions' end",
                () -> client.get(
                        "/api/eda/v1/decisions/" + decisions.get(0).get("id").asText() + "/"),
                found -> {
                    List<String> states = new ArrayList<>();
                    found.get("actions")
                            .forEach(action -> states.add(action.get("state").asText()));
                    return states.stream().allMatch("succeeded"::equals);
                });
        assertThat(decision.get("actions")).hasSize(2);
    }

    private static List<ProcessHandle> servers(Path data) throws Exception {
        List<ProcessHandle> handles = new ArrayList<>();
        for (JsonNode child :
                Json.mapper().readTree(data.resolve("servers.json").toFile())) {
            ProcessHandle.of(child.get("pid").asLong()).ifPresent(handles::add);
        }
        return handles;
    }
}
