// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.faults.Checker.Books;
import io.reflexarc.faults.Checker.Decided;
import io.reflexarc.faults.Sender.Sent;
import io.reflexarc.faults.Target.Effect;
import io.reflexarc.faults.Workload.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckerTest {
    private static final int EVENTS = 2_000;

    private final Books honest = honest();

    /** Everything went well: each event acknowledged before the next is sent, each match decided and acted on once. */
    private static Books honest() {
        Workload workload = new Workload(7);
        List<Sent> replies = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        List<Decided> decisions = new ArrayList<>();
        for (int n = 0; n < EVENTS; n++) {
            Event event = workload.next();
            long at = n * 10L;
            replies.add(new Sent(n, event.id(), 202, "e" + n, false, at, at, at + 5));
            if (event.matches()) {
                effects.add(new Effect(at + 8, "key-" + n, 1, event.id(), event.rule()));
                decisions.add(new Decided(event.id(), event.rule(), 0));
            }
        }
        return new Books(workload.events(), replies, effects, decisions, EVENTS);
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        Findings findings = Checker.check(honest);

        assertThat(findings.clean()).as("%s", findings).isTrue();
        assertThat(findings.matching()).isBetween(EVENTS / 20, EVENTS / 5).isEqualTo(findings.acted());
    }

    @Test
    void itsOwnTestFindsTheRowThatWasTakenAwayDoubledOrMoved() {
        assertThat(Checker.selfTest(honest)).isEmpty();
    }

    @Test
    void itsOwnTestSaysWhenThereIsNothingToTryItWith() {
        assertThat(Checker.selfTest(honest.withEffects(List.of()))).isNotEmpty();
    }

    @Test
    void anAcknowledgedMatchWithoutEffectIsLost() {
        List<Effect> fewer = new ArrayList<>(honest.effects());
        fewer.removeFirst();

        assertThat(Checker.check(honest.withEffects(fewer)).lost()).isEqualTo(1);
    }

    @Test
    void anEffectOfAnEventThatDoesNotMatchIsAPhantom() {
        List<Effect> more = new ArrayList<>(honest.effects());
        Event silent = honest.events().stream()
                .filter(event -> !event.matches())
                .findFirst()
                .orElseThrow();
        more.add(new Effect(1, "key", 1, silent.id(), "p1"));
        more.add(new Effect(1, "key", 1, "nobody sent this", "p1"));

        assertThat(Checker.check(honest.withEffects(more)).phantom()).isEqualTo(2);
    }

    @Test
    void aSecondAttemptWithTheSameKeyIsARepetitionAndWithAnotherKeyASecondEffect() {
        Effect first = honest.effects().getFirst();
        List<Effect> more = new ArrayList<>(honest.effects());
        more.add(new Effect(first.at(), first.key(), 2, first.id(), first.rule()));

        Findings repeated = Checker.check(honest.withEffects(more));
        assertThat(repeated.rawDuplicates()).isEqualTo(1);
        assertThat(repeated.clean()).isTrue();

        more.add(new Effect(first.at(), "another key", 3, first.id(), first.rule()));
        assertThat(Checker.check(honest.withEffects(more)).duplicateEffects()).isEqualTo(1);
    }

    @Test
    void anAttemptThatIsSeenTwiceIsUnexplained() {
        List<Effect> more = new ArrayList<>(honest.effects());
        more.add(more.getFirst());

        assertThat(Checker.check(honest.withEffects(more)).unexplained()).isEqualTo(1);
    }

    @Test
    void orderIsJudgedWithinAKeyAndWithinASequentialRulesetOnly() {
        List<Effect> effects = new ArrayList<>(honest.effects());
        Collections.reverse(effects);
        Findings backwards = Checker.check(honest.withEffects(effects));
        long lanes = honest.events().stream()
                .filter(Event::matches)
                .map(Event::lane)
                .distinct()
                .count();

        assertThat(backwards.orderViolations()).isEqualTo((int) (effects.size() - lanes));
    }

    @Test
    void eventsThatOverlappedHaveNoOrder() {
        List<Sent> overlapping = honest.replies().stream()
                .map(sent -> new Sent(sent.n(), sent.id(), 202, sent.eventId(), false, 0, 0, sent.at()))
                .toList();
        List<Effect> effects = new ArrayList<>(honest.effects());
        Collections.reverse(effects);

        assertThat(Checker.check(new Books(honest.events(), overlapping, effects, honest.decisions(), EVENTS))
                        .orderViolations())
                .isZero();
    }

    @Test
    void aMatchWithoutDecisionAndAnEventThatWasNotReadAreUndecided() {
        List<Decided> fewer = new ArrayList<>(honest.decisions());
        fewer.removeFirst();
        Books books = new Books(honest.events(), honest.replies(), honest.effects(), fewer, EVENTS - 3);

        Findings findings = Checker.check(books);
        assertThat(findings.undecided()).isEqualTo(4);
        assertThat(findings.unrecorded()).isEqualTo(1);
    }

    @Test
    void aSecondDecisionOfARuleIsFound() {
        List<Decided> more = new ArrayList<>(honest.decisions());
        more.add(more.getFirst());

        assertThat(Checker.check(new Books(honest.events(), honest.replies(), honest.effects(), more, EVENTS))
                        .doubleDecided())
                .isEqualTo(1);
    }

    @Test
    void theSameSeedMakesTheSameEvents() {
        Workload again = new Workload(7);
        for (int n = 0; n < EVENTS; n++) {
            again.next();
        }

        assertThat(again.events()).isEqualTo(honest.events());
    }
}
