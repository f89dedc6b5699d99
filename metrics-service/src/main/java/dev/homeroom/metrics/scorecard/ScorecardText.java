package dev.homeroom.metrics.scorecard;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A scorecard for people to read. */
public final class ScorecardText {
    private final StringBuilder text = new StringBuilder();

    private ScorecardText() {}

    /** The lines, without the last line end. */
    public static String of(Scorecard scorecard) {
        ScorecardText of = new ScorecardText();
        of.cards(scorecard);
        of.homeworks(scorecard);
        if (!scorecard.notMeasured().isEmpty()) {
            of.line(
                    "Not measured, since these data have no such events: %s.",
                    String.join(", ", scorecard.notMeasured()));
        }
        of.line("A low grade is a weak proxy of struggle, and none of frustration: read docs/metrics-scorecard.md.");
        return of.text.toString().stripTrailing();
    }

    private void cards(Scorecard scorecard) {
        line(
                "Against a low grade (below %.0f), mean over the homeworks; 95 %% intervals by bootstrap over students.",
                Homework.LOW);
        line("");
        row("", "AUC, first half", "AUC, all", "prec.", "recall", "alerts/h", "first alert");
        row(scorecard.level());
        row(scorecard.shipped());
        scorecard.detectors().forEach(this::row);
        line("");
    }

    private void homeworks(Scorecard scorecard) {
        for (Scorecard.Facts homework : scorecard.homeworks()) {
            line(
                    "%s: %d of %d grades low, %d submissions in %d hours; level %s by the first half, %s by all, weights %s",
                    homework.name(),
                    homework.low(),
                    homework.students(),
                    homework.snapshots(),
                    homework.hours(),
                    figure(homework.aucFirstHalf()),
                    figure(homework.auc()),
                    homework.weights().entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
        line("");
    }

    private void row(Card card) {
        row(
                card.name(),
                figure(card.aucFirstHalf()) + " " + interval(card.aucFirstHalfInterval()),
                figure(card.auc()) + " " + interval(card.aucInterval()),
                figure(card.precision()),
                figure(card.recall()),
                figure(card.alertsPerHour()),
                time(card.firstAlert()));
    }

    private void row(Object... cells) {
        text.append(String.format(Locale.ROOT, "%-20s %-18s %-18s %5s %6s %9s %11s%n", cells));
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format + "%n", values));
    }

    private static String interval(Interval interval) {
        return "(%s-%s)".formatted(figure(interval.from()), figure(interval.to()));
    }

    private static String figure(@Nullable Double value) {
        return value == null || value.isNaN() ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String time(@Nullable Double seconds) {
        if (seconds == null) {
            return "-";
        }
        Duration time = Duration.ofSeconds(seconds.longValue());
        return time.toHours() >= 1
                ? String.format(Locale.ROOT, "%.1f h", time.toMinutes() / 60.0)
                : time.toMinutes() + " min";
    }
}
