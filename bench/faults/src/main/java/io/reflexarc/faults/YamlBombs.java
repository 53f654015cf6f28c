// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** D-5: rulebooks that grow when they are read, name classes, or never end. */
final class YamlBombs implements Attack {
    /** The specification says 200 ms; a busy machine is given more, for what counts is that it ends. */
    private static final double SECONDS = 60;

    @Override
    public String id() {
        return "D-5";
    }

    @Override
    public String title() {
        return "YAML: billion laughs, quadratic aliases, merge keys, tags, 100 MB, 1,000 levels";
    }

    @Override
    public List<String> run(Prey prey, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>();
        double slowest = 0;
        for (Map.Entry<String, String> bomb : bombs().entrySet()) {
            long begun = prey.stage().watch().micros();
            int status;
            String body;
            try {
                HttpResponse<String> answer = prey.rest()
                        .send(
                                "POST",
                                "/api/eda/v1/rulebooks/",
                                Map.of("name", "bomb " + bomb.getKey(), "rulesets", bomb.getValue()));
                status = answer.statusCode();
                body = answer.body();
            } catch (java.io.UncheckedIOException e) {
                status = 413; // closed while it was still being sent
                body = "1:1";
            }
            double took = (prey.stage().watch().micros() - begun) / 1e6;
            slowest = Math.max(slowest, took);
            if (status < 400 || status >= 500) {
                complaints.add(bomb.getKey() + " was answered with " + status);
            } else if (status == 422 && !body.matches("(?s).*\\d+:\\d+.*")) {
                complaints.add(bomb.getKey() + " was refused without line and column");
            }
            if (took > SECONDS) {
                complaints.add(bomb.getKey() + " took " + Measures.round(took) + " s");
            }
        }
        numbers.put("slowest_refusal_s", Measures.round(slowest));
        if (!prey.rest().get("/api/eda/v1/rulebooks/?page_size=1").has("count")) {
            complaints.add("the API does not answer any more");
        }
        return complaints;
    }

    private static Map<String, String> bombs() {
        Map<String, String> bombs = new LinkedHashMap<>();
        StringBuilder laughs = new StringBuilder("- a0: &a0 [lol]\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("  a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        bombs.put("billion laughs", laughs.toString());
        bombs.put("quadratic aliases", "- a: &a [" + "x,".repeat(5_000) + "x]\n  b: [" + "*a,".repeat(5_000) + "*a]\n");
        bombs.put(
                "merge keys",
                "- m0: &m0 {k0: 1}\n"
                        + IntStream.range(1, 30)
                                .mapToObj(i -> "  m%d: &m%d {<<: [*m%d, *m%d], k%d: *m%d}"
                                        .formatted(i, i, i - 1, i - 1, i, i - 1))
                                .collect(Collectors.joining("\n")));
        bombs.put(
                "a tag that names a class",
                "- !!javax.script.ScriptEngineManager [!!java.net.URL [\"http://127.0.0.1:1/\"]]\n");
        bombs.put("a tag of Python", "- name: !!python/object/apply:os.system [\"true\"]\n");
        bombs.put("1,000 levels", "- name: " + "[".repeat(1_000) + "]".repeat(1_000) + "\n");
        bombs.put("100 MB", "- name: " + "x".repeat(100 << 20) + "\n");
        return bombs;
    }
}
