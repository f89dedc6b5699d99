package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Details;
import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clicks in quick succession on the same spot of the same target. Clicks on targets that expect repeated clicks do not
 * count: who steps through a lesson is not angry. Where an app knows which of its reactions are answers, clicks that were
 * answered need not count either ({@code answered}); many pages move at every click without answering it.
 *
 * <p>Source: three clicks, less than 30 px apart (sum of both directions), less than 1 s between, are what session-replay
 * tools call a rage click (PostHog's {@code posthog-js}, file {@code rageclick}: {@code RAGE_CLICK_THRESHOLD_PX = 30},
 * {@code RAGE_CLICK_TIMEOUT_MS = 1000}, {@code RAGE_CLICK_CLICK_COUNT = 3}). Where an app tells no position, the same target is
 * the same spot; without a target and a position nothing is.
 *
 * <p>Score of {@code n} clicks: {@code 1 - 2^(-n / clicks)}. The next click that does not belong to the burst begins another.
 *
 * @param clicks how many hold the rule; 2 to 50
 * @param pixels how far apart two clicks of a burst are at most, in CSS pixels, exclusive; 1 to 1000
 * @param apart how long there is between two clicks of a burst at most, exclusive, in event time; up to 10 s
 * @param answered clicks that something reacted to sooner do not count; up to 10 s, zero to count them
 * @param quiet how long a target may rest before an open episode ends, in event time; 1 s to 1 h
 */
public record RageClicks(int clicks, int pixels, Duration apart, Duration answered, Duration quiet)
        implements Detector<RageClicks.Burst> {
    /** The thresholds of the sources. */
    public static final RageClicks STANDARD =
            new RageClicks(3, 30, Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(30));

    private static final int BOUND = Evidence.MAX_EVENTS;

    public RageClicks {
        Bounds.within("clicks", clicks, 2, 50);
        Bounds.within("pixels", pixels, 1, 1000);
        Bounds.within("apart", apart, Duration.ofMillis(1), Duration.ofSeconds(10));
        Bounds.within("answered", answered, Duration.ZERO, Duration.ofSeconds(10));
        Bounds.within("quiet", quiet, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /**
     * The present burst.
     *
     * @param marks its click events, oldest first, the latest 20
     * @param count how many clicks they stand for, also those not kept
     * @param x of the last click, if told
     * @param y of the last click, if told
     */
    public record Burst(
            List<Mark> marks,
            int count,
            @Nullable Integer x,
            @Nullable Integer y) {}

    @Override
    public String name() {
        return "rage-clicks";
    }

    @Override
    public Class<Burst> memory() {
        return Burst.class;
    }

    @Override
    public @Nullable Subject subject(Observed event) {
        Details details = event.details();
        boolean placed = event.target() != null || (details.x() != null && details.y() != null);
        boolean counts = event.kind() == EventKind.CLICK && placed && !details.forRepeats() && !wasAnswered(details);
        return counts ? Subject.target(event.target()) : null;
    }

    private boolean wasAnswered(Details details) {
        Duration reaction = details.reaction();
        return reaction != null && reaction.compareTo(answered) < 0 && !Boolean.TRUE.equals(details.dead());
    }

    @Override
    public Burst fresh() {
        return new Burst(List.of(), 0, null, null);
    }

    @Override
    public Burst step(Burst burst, Observed event) {
        Details details = event.details();
        Mark mark = new Mark(event.id(), event.at(), false);
        Burst before = goesOn(burst, event) ? burst : fresh();
        return new Burst(
                Mark.append(before.marks(), mark, Instant.MIN, BOUND),
                Math.min(Integer.MAX_VALUE - Details.MOST_CLICKS, before.count()) + details.clickCount(),
                details.x(),
                details.y());
    }

    private boolean goesOn(Burst burst, Observed event) {
        if (burst.marks().isEmpty()
                || !event.at().isBefore(burst.marks().getLast().at().plus(apart))) {
            return false;
        }
        Details now = event.details();
        if (burst.x() == null || burst.y() == null || now.x() == null || now.y() == null) {
            return event.target() != null;
        }
        return Math.abs(burst.x() - now.x()) + Math.abs(burst.y() - now.y()) < pixels;
    }

    @Override
    public @Nullable Signal read(Burst burst) {
        if (burst.marks().isEmpty()) {
            return null;
        }
        Mark first = burst.marks().getFirst();
        return new Signal(Scores.rising(burst.count(), clicks), first.id(), first.at(), () -> evidence(burst));
    }

    private Evidence evidence(Burst burst) {
        Mark first = burst.marks().getFirst();
        double millis =
                Duration.between(first.at(), burst.marks().getLast().at()).toMillis();
        Map<String, Double> values = Map.of("clicks", (double) burst.count(), "seconds", millis / 1000);
        String rule = "%d or more clicks on one spot, less than %d px and %d ms apart"
                .formatted(clicks, pixels, apart.toMillis());
        return new Evidence(rule, values, Mark.ids(burst.marks()));
    }

    @Override
    public Duration remembers() {
        return apart;
    }
}
