// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** F-8: Redis comes back empty. Nothing is taken until an operator opens a new log. The last test, for it spoils the site. */
final class LostLog implements Attack {
    private static final int TRIES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Override
    public String id() {
        return "F-8";
    }

    @Override
    public String title() {
        return "Redis comes back without its data; an operator opens a new log";
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) throws Exception {
        List<String> complaints = new ArrayList<>();
        Cluster cluster = prey.stage().cluster();
        cluster.servers().redisProgram().kill();
        Report.delete(cluster.folder().resolve("redis"));
        java.nio.file.Files.createDirectories(cluster.folder().resolve("redis"));
        cluster.servers().restartRedis();
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            int status = status(prey);
            refused += status == 503 ? 1 : 0;
            if (status != 503) {
                complaints.add("an event was answered with " + status + " by a log that was lost");
            }
            Stopwatch.pause(Duration.ofMillis(200));
        }
        numbers.put("refused_503", refused);
        String said = cluster.command("log", "--open-new", "--yes");
        if (said.isEmpty()) {
            complaints.add("reflexarc log --open-new said nothing");
        }
        long begun = prey.stage().watch().micros();
        if (!Stopwatch.until(PATIENCE, () -> status(prey) == 202)) {
            complaints.add("nothing is taken after the new log was opened");
        }
        numbers.put("taken_again_after_s", Measures.round((prey.stage().watch().micros() - begun) / 1e6));
        double ping = prey.ping();
        numbers.put("ping_after_s", ping);
        if (ping < 0) {
            complaints.add("an ordinary event is not acted on after the new log was opened");
        }
        return complaints;
    }

    private static int status(Prey prey) {
        try {
            return prey.send("{\"lost\":true}").statusCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
