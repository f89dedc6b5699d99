package dev.homeroom.metrics.scorecard;

import dev.homeroom.metrics.core.FoldRules;
import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.level.SignalWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/** Makes a {@link Scorecard}. */
public final class Scoring {
    private final List<String> detectors;
    private final List<Homework> homeworks;
    private final List<Boolean> speaking;
    private final List<List<Trace>> traces = new ArrayList<>();
    private final List<Long> hours = new ArrayList<>();

    private Scoring(FoldRules rules, List<Homework> homeworks) {
        this.detectors = rules.detectors().stream().map(Detector::name).toList();
        this.homeworks = homeworks;
        for (Homework homework : homeworks) {
            Replay replay = new Replay(rules, homework);
            traces.add(replay.traces());
            hours.add(replay.hours());
        }
        this.speaking =
                IntStream.range(0, detectors.size()).mapToObj(this::speaks).toList();
    }

    /**
     * Replays the homeworks by {@code rules} and measures.
     *
     * @throws UnreadableHomeworkException when a homework has only low grades, or none
     */
    public static Scorecard score(FoldRules rules, List<Homework> homeworks) {
        for (Homework homework : homeworks) {
            long labelled = homework.students().values().stream()
                    .filter(Homework.Work::labelled)
                    .count();
            long low = homework.students().values().stream()
                    .filter(Homework.Work::low)
                    .count();
            if (low == 0 || low == labelled) {
                throw new UnreadableHomeworkException("%s has %d low grades of %d: nothing can be told apart"
                        .formatted(homework.name(), low, labelled));
            }
        }
        return new Scoring(rules, homeworks).scorecard();
    }

    private Scorecard scorecard() {
        List<LevelMeasure> unseen = IntStream.range(0, homeworks.size())
                .mapToObj(held -> WeightSearch.best(speaking, without(held)))
                .toList();
        LevelMeasure shipped =
                new LevelMeasure(detectors.stream().map(SignalWeights::of).toList());
        List<Card> cards = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < detectors.size(); i++) {
            if (speaking.get(i)) {
                cards.add(detectorCard(i));
            } else {
                silent.add(detectors.get(i));
            }
        }
        return new Scorecard(
                IntStream.range(0, homeworks.size())
                        .mapToObj(i -> facts(i, unseen.get(i)))
                        .toList(),
                levelCard("level", unseen::get),
                levelCard("level, as shipped", _ -> shipped),
                List.copyOf(cards),
                List.copyOf(silent));
    }

    private List<List<Trace>> without(int held) {
        return IntStream.range(0, traces.size())
                .filter(i -> i != held)
                .mapToObj(traces::get)
                .toList();
    }

    private boolean speaks(int detector) {
        return traces.stream()
                .flatMap(List::stream)
                .flatMap(trace -> trace.moments().stream())
                .flatMap(moment -> moment.readings().stream())
                .anyMatch(reading -> reading.detector() == detector && reading.score() > 0);
    }

    private Scorecard.Facts facts(int i, LevelMeasure level) {
        SequencedMap<String, Double> weights = new LinkedHashMap<>();
        for (int detector = 0; detector < detectors.size(); detector++) {
            if (speaking.get(detector)) {
                weights.put(detectors.get(detector), level.weights().get(detector));
            }
        }
        Homework homework = homeworks.get(i);
        return new Scorecard.Facts(
                homework.name(),
                traces.get(i).size(),
                (int) traces.get(i).stream().filter(Trace::low).count(),
                homework.students().values().stream()
                        .mapToInt(work -> work.snapshots().size())
                        .sum(),
                hours.get(i),
                Ranking.of(traces.get(i), trace -> level.score(trace, Part.ALL)).auc(),
                Ranking.of(traces.get(i), trace -> level.score(trace, Part.FIRST_HALF))
                        .auc(),
                weights);
    }

    private Card levelCard(String name, IntFunction<LevelMeasure> level) {
        Tally tally = new Tally();
        for (int i = 0; i < traces.size(); i++) {
            LevelMeasure measure = level.apply(i);
            tally.homework(traces.get(i), measure::alerts, hours.get(i));
        }
        return card(name, i -> level.apply(i)::score, tally);
    }

    private Card detectorCard(int detector) {
        Tally tally = new Tally();
        for (int i = 0; i < traces.size(); i++) {
            tally.homework(traces.get(i), trace -> Alerts.of(trace, detector), hours.get(i));
        }
        return card(detectors.get(detector), _ -> (trace, part) -> mean(trace, part, detector), tally);
    }

    private Card card(String name, IntFunction<ToDoubleBiFunction<Trace, Part>> score, Tally tally) {
        List<Ranking> all = scores(score, Part.ALL);
        List<Ranking> half = scores(score, Part.FIRST_HALF);
        return new Card(
                name,
                Ranking.meanAuc(all),
                Ranking.interval(all),
                Ranking.meanAuc(half),
                Ranking.interval(half),
                tally.precision(),
                tally.recall(),
                tally.alertsPerHour(),
                tally.firstAlert());
    }

    private List<Ranking> scores(IntFunction<ToDoubleBiFunction<Trace, Part>> score, Part part) {
        return IntStream.range(0, traces.size())
                .mapToObj(i -> {
                    ToDoubleBiFunction<Trace, Part> of = score.apply(i);
                    return Ranking.of(traces.get(i), trace -> of.applyAsDouble(trace, part));
                })
                .toList();
    }

    /** How a detector ranks a student: the mean over the submissions of the most that it says. */
    private static double mean(Trace trace, Part part, int detector) {
        return trace.moments(part).stream()
                .mapToDouble(moment -> moment.readings().stream()
                        .filter(reading -> reading.detector() == detector)
                        .mapToDouble(Reading::score)
                        .max()
                        .orElse(0))
                .average()
                .orElse(0);
    }
}
