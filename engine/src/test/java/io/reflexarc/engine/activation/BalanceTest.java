// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.activation.Placement;
import io.reflexarc.core.id.ActivationId;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Who takes and who gives up activations. */
class BalanceTest {
    private static Balance balance(String process, int... counts) {
        Map<ActivationId, String> owners = new HashMap<>();
        Set<String> processes = new HashSet<>();
        long id = 0;
        for (int i = 0; i < counts.length; i++) {
            processes.add("p" + i);
            for (int n = 0; n < counts[i]; n++) {
                owners.put(new ActivationId(++id), "p" + i);
            }
        }
        return new Balance(process, new Placement(processes, owners));
    }

    @Test
    void whoHasLeastTakesWhatIsFree() {
        assertThat(balance("p0", 2, 1).takes()).isFalse();
        assertThat(balance("p1", 2, 1).takes()).isTrue();
        assertThat(balance("p0", 1, 1).takes()).isTrue();
        Balance one = balance("p1", 2, 1);
        one.took();
        one.took();
        assertThat(one.takes()).isFalse();
    }

    @Test
    void whoHasMostGivesHalfOfItToWhoHasLeast() {
        assertThat(balance("p0", 4, 0).surplus()).isEqualTo(2);
        assertThat(balance("p0", 2, 1).surplus()).isZero();
        assertThat(balance("p1", 1, 3, 3).surplus()).isEqualTo(1);
        assertThat(balance("p2", 1, 3, 3).surplus()).as("one at a time").isZero();
    }

    @Test
    void theLeasesOfAProcessThatIsGoneCountForNobody() {
        Placement seen = new Placement(Set.of("p1"), Map.of(new ActivationId(1), "dead", new ActivationId(2), "dead"));

        assertThat(new Balance("p1", seen).takes()).isTrue();
    }

    /** Joining and leaving in any order, each process judging by itself. */
    @Property(tries = 200)
    void afterAFewLooksNobodyHasTwoMoreThanAnother(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 5) Integer> turns,
            @ForAll @IntRange(max = 40) int activations) {
        TreeMap<String, Set<Integer>> held = new TreeMap<>(Map.of("p0", new HashSet<>()));
        Set<Integer> free = new HashSet<>();
        for (int i = 0; i < activations; i++) {
            free.add(i);
        }
        for (int turn : turns) {
            String process = "p" + turn;
            if (held.size() > 1 && held.containsKey(process)) {
                free.addAll(held.remove(process));
            } else {
                held.putIfAbsent(process, new HashSet<>());
            }
            look(held, free);
        }
        for (int i = 0; i < 20; i++) {
            look(held, free);
        }
        List<Integer> counts = held.values().stream().map(Set::size).toList();
        assertThat(free).isEmpty();
        assertThat(Collections.max(counts) - Collections.min(counts)).isLessThan(2);
    }

    private static void look(TreeMap<String, Set<Integer>> held, Set<Integer> free) {
        for (String process : List.copyOf(held.keySet())) {
            Map<ActivationId, String> owners = new HashMap<>();
            held.forEach((owner, ids) -> ids.forEach(id -> owners.put(new ActivationId(id + 1), owner)));
            Balance balance = new Balance(process, new Placement(held.keySet(), owners));
            Set<Integer> own = Objects.requireNonNull(held.get(process));
            for (Integer id : List.copyOf(free)) {
                if (balance.takes()) {
                    balance.took();
                    own.add(id);
                    free.remove(id);
                }
            }
            if (free.isEmpty()) {
                List.copyOf(own).stream().limit(balance.surplus()).forEach(id -> {
                    own.remove(id);
                    free.add(id);
                });
            }
        }
    }
}
