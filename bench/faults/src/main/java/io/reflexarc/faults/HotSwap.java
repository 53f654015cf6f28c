// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** F-25: new versions of the running rulebooks are published under load; partial matches of rules that stay must survive. */
final class HotSwap implements Phase {
    private static final int TRIALS = 2;

    private final int swaps;
    private final Duration between;
    private int published;
    private int from;
    private int to;

    HotSwap(int swaps, Duration between) {
        this.swaps = swaps;
        this.between = between;
    }

    @Override
    public String id() {
        return "F-25";
    }

    @Override
    public String title() {
        return swaps + " new versions of the rulebook go live, one rule of ten changed, partial matches open";
    }

    @Override
    public int planned() {
        return swaps;
    }

    @Override
    public void act(Stage stage) {
        from = stage.partials().trials();
        for (int i = 1; i <= swaps; i++) {
            stage.partials().open(TRIALS);
            long at = stage.watch().micros();
            String text = Workload.rulebook("p", stage.target().port())
                    .replace("\"p9\" and event.payload.seq >= 0", "\"p9\" and event.payload.seq >= -" + i);
            publish(stage, stage.parallel(), text);
            publish(stage, stage.partials().activation(), stage.partials().rulebook(i));
            stage.killer()
                    .told(new Fault(
                            id(),
                            "rulebook",
                            "publish",
                            0,
                            at,
                            at,
                            stage.watch().micros()));
            stage.partials().complete();
            Stopwatch.pause(between);
        }
        to = stage.partials().trials();
    }

    private void publish(Stage stage, long activation, String text) {
        Rest rest = stage.cluster().rest();
        long rulebook = rest.get("/api/eda/v1/activations/" + activation + "/")
                .get("rulebook_id")
                .asLong();
        JsonNode versions = rest.get("/api/eda/v1/rulebooks/" + rulebook + "/versions/?page_size=1");
        int newest = versions.get("results").get(0).get("number").asInt();
        rest.post(
                "/api/eda/v1/rulebooks/" + rulebook + "/publish/",
                Map.of("rulesets", text, "message", "swap under load", "base_version", newest));
        published++;
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>(Measures.otherErrors(evidence.replies()));
        long kept = evidence.stage().partials().firedOnce(from, to);
        numbers.put("published", published);
        numbers.put("partial_matches", to - from);
        numbers.put("of_them_fired_once", kept);
        if (kept != to - from) {
            complaints.add((to - from - kept) + " partial matches did not fire exactly once");
        }
        if (evidence.findings().rawDuplicates() > 0) {
            complaints.add(evidence.findings().rawDuplicates() + " calls were repeated");
        }
        return complaints;
    }
}
