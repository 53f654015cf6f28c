// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.id.Incarnation;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.engine.decision.Printed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** What a run calls its rulesets and rules in reports: ids that last as long as the run. */
final class Identity {
    private final Incarnation incarnation;
    private final RunRequest request;

    Identity(Incarnation incarnation, RunRequest request) {
        this.incarnation = incarnation;
        this.request = request;
    }

    private UUID id(String... names) {
        String name = incarnation + "/" + String.join("/", names);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@code debug} shows of the run itself is not the session's to know. */
    Printed complete(Printed printed, Instant now) {
        if (!printed.channel().equals("debug: kwargs")) {
            return printed;
        }
        ObjectNode all = (ObjectNode) printed.content().tree();
        String ruleset = all.path("rule_set").asText();
        all.put("rule_uuid", id(ruleset, all.path("rule").asText()).toString());
        all.put("rule_set_uuid", id(ruleset).toString());
        all.put("rule_run_at", now.toString());
        all.put("inventory", request.inventory().map(Path::toString).orElse(""));
        request.project()
                .ifPresentOrElse(
                        file -> all.put("project_data_file", file.toString()), () -> all.putNull("project_data_file"));
        return new Printed(printed.channel(), JsonText.of(all), printed.pretty());
    }
}
