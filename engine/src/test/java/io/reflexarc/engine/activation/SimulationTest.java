// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.activation.DecisionLog;
import io.reflexarc.core.json.JsonText;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recovery is proven by thousands of random runs; {@code -Dreflexarc.simulation.runs=100000} asks for more, and
 * {@code -Dreflexarc.simulation.seed=1234} repeats one.
 */
class SimulationTest {
    private static final int RUNS = Integer.getInteger("reflexarc.simulation.runs", 2_000);
    private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("reflexarc.simulation.seed"));

    /** Schedules of one rulebook: compiling it costs more than a run. */
    private static final int SCHEDULES = 25;

    private static final UnaryOperator<DecisionLog> FAITHFUL = rows -> rows;

    @Test
    void whatIsCommittedIsWhatAnUninterruptedRunDecides() {
        if (SEED.isPresent()) {
            require(new Simulation(SEED.get() / SCHEDULES), SEED.get());
            return;
        }
        int decisions = 0;
        int owners = 0;
        for (long number = 0; number < RUNS / SCHEDULES; number++) {
            Simulation simulation = new Simulation(number);
            for (long seed = number * SCHEDULES; seed < (number + 1) * SCHEDULES; seed++) {
                Simulation.Happened happened = require(simulation, seed);
                decisions += happened.decisions();
                owners += happened.owners();
            }
        }
        // A simulation in which nothing happens would prove nothing.
        assertThat(decisions).isGreaterThan(2 * RUNS);
        assertThat(owners).isGreaterThan(2 * RUNS);
    }

    private static Simulation.Happened require(Simulation simulation, long seed) {
        List<SimulatedStep> story = Simulation.story(seed);
        try {
            return simulation.run(seed, story, FAITHFUL);
        } catch (AssertionError | RuntimeException e) {
            String shortest = simulation.shrunk(seed, story, FAITHFUL).stream()
                    .map(SimulatedStep::toString)
                    .collect(Collectors.joining("\n"));
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + "\n\nrepeat it with\n  mvn -pl engine -am test"
                            + " -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dreflexarc.simulation.seed="
                            + seed + "\n\nrulebook:\n" + simulation + "\nwhat is left of the story:\n" + shortest,
                    e);
        }
    }

    @Test
    void findsCommitsThatNoEpochGuards() {
        assertFound(SabotagedRows::unguarded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttles", "windows", "items", "counts"})
    void findsSnapshotsThatLoseSomethingOfTheMemory(String part) {
        assertFound(Simulation.snapshots(state -> changed(
                state, all -> all.path("rulesets").forEach(memory -> ((ArrayNode) memory.path(part)).removeAll()))));
    }

    @Test
    void findsSnapshotsThatLoseTheOrderOfActions() {
        assertFound(Simulation.snapshots(state -> changed(state, all -> ((ArrayNode) all.path("turns")).removeAll())));
    }

    @Test
    void findsSnapshotsThatForgetTheirOwner() {
        assertFound(Simulation.snapshots(state -> changed(state, all -> all.put("owner", 0))));
    }

    @Test
    void findsSnapshotsWhoseItemsComeBackInAnotherOrder() {
        assertFound(Simulation.snapshots(state -> changed(
                state,
                all -> all.path("rulesets").forEach(memory -> {
                    ArrayNode items = (ArrayNode) memory.path("items");
                    for (int i = 1; i < items.size(); i++) {
                        JsonNode last = items.remove(items.size() - 1);
                        items.insert(i - 1, last);
                    }
                }))));
    }

    private static JsonText changed(JsonText state, Consumer<ObjectNode> change) {
        ObjectNode all = (ObjectNode) state.tree().deepCopy();
        change.accept(all);
        return JsonText.of(all);
    }

    private static void assertFound(UnaryOperator<DecisionLog> sabotage) {
        for (long number = 0; number < 40; number++) {
            Simulation simulation = new Simulation(number);
            for (long seed = number * SCHEDULES; seed < (number + 1) * SCHEDULES; seed++) {
                try {
                    simulation.run(seed, Simulation.story(seed), sabotage);
                } catch (AssertionError | RuntimeException found) {
                    return;
                }
            }
        }
        throw new AssertionError("nobody noticed");
    }
}
