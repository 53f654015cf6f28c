// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** F-3: SIGTERM of one role after the other, each back before the next goes. Nothing is repeated, for nothing was torn. */
final class RollingRestart implements Phase {
    private final int rounds;

    RollingRestart(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public String id() {
        return "F-3";
    }

    @Override
    public String title() {
        return "rolling restart of every role with SIGTERM, " + rounds + " rounds";
    }

    @Override
    public int planned() {
        return rounds * Part.values().length;
    }

    @Override
    public void act(Stage stage) {
        for (int i = 0; i < rounds; i++) {
            for (Part part : Part.values()) {
                stage.killer().terminate(id(), part);
            }
        }
    }

    @Override
    public List<String> judge(Evidence evidence, Map<String, Object> numbers) {
        List<String> complaints = new ArrayList<>();
        double slowest = evidence.faults().stream()
                .mapToDouble(fault -> (fault.back() - fault.at()) / 1e6)
                .max()
                .orElse(0);
        numbers.put("exit_max_s", Measures.round(slowest));
        if (evidence.faults().stream().anyMatch(fault -> fault.how().contains("kill -9"))) {
            complaints.add("a role did not end within a minute");
        }
        if (evidence.findings().rawDuplicates() > 0) {
            complaints.add(evidence.findings().rawDuplicates() + " calls were repeated");
        }
        complaints.addAll(Measures.otherErrors(evidence.replies()));
        return complaints;
    }
}
