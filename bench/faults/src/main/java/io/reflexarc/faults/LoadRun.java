// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import io.reflexarc.faults.Checker.Books;
import io.reflexarc.faults.Sender.Sent;
import io.reflexarc.faults.Verdict.Outcome;
import io.reflexarc.faults.Workload.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One load with its phases: warm up, do harm, drain, compare. */
final class LoadRun {
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration SETTLE = Duration.ofSeconds(300);
    private static final Duration DRAIN = Duration.ofSeconds(600);
    private static final double ENOUGH = 0.95;

    private final Stage stage;
    private final double wantedRate;
    private final List<Phase> phases;
    private final Map<Phase, long[]> times = new LinkedHashMap<>();
    private final Map<Phase, String> broken = new HashMap<>();

    LoadRun(Stage stage, double wantedRate, List<Phase> phases) {
        this.stage = stage;
        this.wantedRate = wantedRate;
        this.phases = phases;
    }

    List<Verdict> run() {
        double rate = stage.warmUp(wantedRate, WARM_UP);
        long begun = stage.watch().micros();
        stage.sender().rate(rate);
        for (Phase phase : phases) {
            Progress.title(phase.id() + "  " + phase.title());
            long from = stage.watch().micros();
            try {
                phase.act(stage);
            } catch (RuntimeException e) {
                // Too few faults, then: the phase is invalid, and the others still say something
                Progress.say("%s ended early: %s", phase.id(), e);
                broken.put(phase, e.toString());
            }
            times.put(phase, new long[] {from, stage.watch().micros()});
        }
        long ended = stage.watch().micros();
        boolean settled = stage.sender().settle(SETTLE);
        boolean drained = stage.drain(DRAIN);
        double drain = Measures.round((stage.watch().micros() - ended) / 1e6);
        stage.partials().settle(Duration.ofSeconds(60));
        Progress.say("drained %.1f s after the last event was sent", drain);
        Books books = stage.books();
        List<String> selfTest = Checker.selfTest(books);
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(whole(books, selfTest, rate, new Times(begun, ended, drain, settled, drained)));
        Map<String, Phase> owners = owners(books);
        for (Phase phase : phases) {
            verdicts.add(judge(phase, books, owners, selfTest));
        }
        int trials = stage.partials().trials();
        if (trials > 0) {
            verdicts.add(partials(trials));
        }
        return verdicts;
    }

    private record Times(long begun, long ended, double drain, boolean settled, boolean drained) {}

    private Verdict whole(Books books, List<String> selfTest, double rate, Times times) {
        Findings findings = Checker.check(books);
        Map<String, Object> numbers = numbers(findings);
        numbers.put("rate", rate);
        numbers.put("rate_wanted", wantedRate);
        numbers.put("seconds", Measures.round((times.ended - times.begun) / 1e6));
        numbers.put("stall_max_s", Measures.longestStall(books.effects(), times.begun, times.ended));
        numbers.put("drain_s", times.drain);
        numbers.put("rss_peak_mb", stage.memory().peaks());
        numbers.put("rss_slope_percent_per_hour", stage.memory().slopes());
        numbers.put("replies", statuses(books.replies()));
        List<String> complaints = complaints(findings);
        String differ = stage.countsDiffer();
        if (!differ.isEmpty()) {
            complaints.add(differ);
        }
        if (!times.drained) {
            complaints.add("not everything was decided and done within " + DRAIN.toSeconds() + " s");
        }
        List<String> invalid = new ArrayList<>(selfTest);
        if (!times.settled || findings.acknowledged() < ENOUGH * findings.planned()) {
            invalid.add("only " + findings.acknowledged() + " of " + findings.planned() + " events were acknowledged");
        }
        return verdict("ledger", "the whole load, all faults together", complaints, invalid, numbers);
    }

    private Verdict judge(Phase phase, Books books, Map<String, Phase> owners, List<String> selfTest) {
        List<Sent> replies = books.replies().stream()
                .filter(sent -> phase.equals(owners.get(sent.id())))
                .toList();
        Books own = new Books(
                books.events().stream()
                        .filter(event -> phase.equals(owners.get(event.id())))
                        .toList(),
                replies,
                books.effects().stream()
                        .filter(effect -> phase.equals(owners.get(effect.id())))
                        .toList(),
                books.decisions().stream()
                        .filter(decided -> phase.equals(owners.get(decided.id())))
                        .toList(),
                books.seen());
        Findings findings = Checker.check(own);
        List<Fault> faults = stage.killer().faults(phase.id());
        Map<String, Object> numbers = numbers(findings);
        numbers.put("faults_planned", phase.planned());
        numbers.put("faults_fired", faults.size());
        List<Double> recoveries = Measures.recoveries(faults, books.replies(), books.effects());
        numbers.put("recover_p95_s", Measures.percentile(recoveries, 0.95));
        numbers.put("recover_max_s", Measures.percentile(recoveries, 1));
        List<Fault> revived = faults.stream()
                .filter(fault -> fault.how().startsWith("kill -9") && fault.ready() > fault.back())
                .toList();
        if (!revived.isEmpty()) {
            List<Map<String, Object>> lines = stage.recoveries().of(revived);
            numbers.put("recovery_steps_p50_p95_s", Recoveries.steps(lines));
            numbers.put("recoveries", lines);
        }
        long[] time = times.getOrDefault(phase, new long[2]);
        List<String> complaints = complaints(findings);
        complaints.addAll(phase.judge(new Phase.Evidence(stage, faults, replies, findings, time[0], time[1]), numbers));
        List<String> invalid = new ArrayList<>(selfTest);
        Optional.ofNullable(broken.get(phase)).ifPresent(invalid::add);
        if (faults.size() < phase.planned()) {
            invalid.add("only " + faults.size() + " of " + phase.planned() + " faults fired");
        }
        if (findings.acknowledged() < ENOUGH * findings.planned()) {
            invalid.add("only " + findings.acknowledged() + " of " + findings.planned() + " events were acknowledged");
        }
        return verdict(phase.id(), phase.title(), complaints, invalid, numbers);
    }

    private Verdict partials(int trials) {
        Map<String, Integer> fired = stage.partials().fired();
        long once = fired.values().stream().filter(times -> times == 1).count();
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("trials", trials);
        numbers.put("fired_once", once);
        numbers.put(
                "fired_twice_or_more",
                fired.values().stream().filter(times -> times > 1).count());
        List<String> complaints =
                once == trials ? List.of() : List.of((trials - once) + " of " + trials + " did not fire exactly once");
        // Without its kills, what was opened may never have been completed
        List<String> invalid = List.copyOf(broken.values());
        return verdict(
                "F-22",
                "two of three events, kill -9 of the engine, the third event",
                invalid.isEmpty() ? complaints : List.of(),
                invalid,
                numbers);
    }

    /** The phase in which each event was sent first; the warm-up belongs to none. */
    private Map<String, Phase> owners(Books books) {
        TreeMap<Long, Phase> starts = new TreeMap<>();
        times.forEach((phase, time) -> starts.put(time[0], phase));
        Map<String, Long> first = new HashMap<>();
        books.replies().forEach(sent -> first.putIfAbsent(sent.id(), sent.first()));
        Map<String, Phase> owners = new HashMap<>();
        for (Event event : books.events()) {
            Map.Entry<Long, Phase> start = starts.floorEntry(first.getOrDefault(event.id(), Long.MAX_VALUE));
            if (start != null) {
                owners.put(event.id(), start.getValue());
            }
        }
        return owners;
    }

    private static Map<String, Object> numbers(Findings findings) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("planned", findings.planned());
        numbers.put("acknowledged", findings.acknowledged());
        numbers.put("matching", findings.matching());
        numbers.put("acted", findings.acted());
        numbers.putAll(findings.forbidden());
        numbers.put("raw_dup", findings.rawDuplicates());
        if (!findings.examples().isEmpty()) {
            numbers.put("examples", findings.examples());
        }
        return numbers;
    }

    private static Map<String, Long> statuses(List<Sent> replies) {
        Map<String, Long> counts = new TreeMap<>();
        replies.forEach(sent -> counts.merge(sent.status() == 0 ? "none" : "" + sent.status(), 1L, Long::sum));
        return counts;
    }

    private static List<String> complaints(Findings findings) {
        List<String> complaints = new ArrayList<>();
        findings.forbidden().forEach((name, count) -> {
            if (count > 0) {
                complaints.add(name + " " + count);
            }
        });
        return complaints;
    }

    static Verdict verdict(
            String id, String title, List<String> complaints, List<String> invalid, Map<String, Object> numbers) {
        Outcome outcome = Outcome.PASSED;
        if (!complaints.isEmpty()) {
            outcome = Outcome.FAILED;
        } else if (!invalid.isEmpty()) {
            outcome = Outcome.INVALID;
        }
        List<String> reasons = new ArrayList<>(complaints);
        reasons.addAll(invalid);
        return new Verdict(id, title, outcome, String.join("; ", reasons), numbers);
    }
}
