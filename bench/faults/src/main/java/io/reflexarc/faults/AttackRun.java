// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attacks, one after the other, on one site. */
final class AttackRun {
    private final Stage stage;
    private final List<Attack> attacks;

    AttackRun(Stage stage, List<Attack> attacks) {
        this.stage = stage;
        this.attacks = attacks;
    }

    List<Verdict> run() {
        List<Verdict> verdicts = new ArrayList<>();
        Prey prey;
        try {
            prey = new Prey(stage);
        } catch (RuntimeException e) {
            // What the load has shown is said all the same
            attacks.forEach(attack -> verdicts.add(LoadRun.verdict(
                    attack.id(), attack.title(), List.of("nothing runs to try it on: " + e), List.of(), Map.of())));
            return verdicts;
        }
        for (Attack attack : attacks) {
            Progress.title(attack.id() + "  " + attack.title());
            Map<String, Object> numbers = new LinkedHashMap<>();
            long begun = stage.watch().micros();
            List<String> complaints;
            try {
                complaints = new ArrayList<>(attack.run(prey, numbers));
            } catch (Exception e) {
                complaints = new ArrayList<>(List.of("ended with " + e));
            }
            for (Part part : Part.values()) {
                if (!stage.cluster().program(part).alive()) {
                    complaints.add("the process " + part.label() + " died");
                    stage.cluster().start(part);
                }
            }
            numbers.put("seconds", Measures.round((stage.watch().micros() - begun) / 1e6));
            verdicts.add(LoadRun.verdict(attack.id(), attack.title(), complaints, List.of(), numbers));
        }
        return verdicts;
    }
}
