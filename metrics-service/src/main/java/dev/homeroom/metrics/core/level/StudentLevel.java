package dev.homeroom.metrics.core.level;

import dev.homeroom.metrics.core.Level;
import java.time.Duration;
import java.util.List;

/**
 * The level of a student at a moment, as a function of the signals that are open then and of the level before.
 *
 * <p><b>Duration.</b> A signal that lasts means more. Each step of the {@link #LADDER} it has reached moves its score a tenth of
 * the way from where it began to 1: after 25 s, 45 s, 1, 2, 5 and 10 min by 0.1 to 0.6. So what is medium (0.5) is
 * high (0.75) after 5 minutes, and what is high is critical (0.9) after 10. Then it is multiplied by the weight.
 *
 * <p><b>Several signals.</b> The strongest counts in full, each other one by half, as if half of what it says was known already:
 * {@code 1 - (1 - s1) × (1 - s2/2) × (1 - s3/2) …}. Detectors look at the same events, so they are not independent evidence.
 *
 * <p><b>Hysteresis.</b> A level is reached at its bound (see {@link Level}) at once, and left only when the strength is more than
 * {@value #HYSTERESIS} below it: a strength that wavers around a bound does not flicker.
 *
 * <p>The steps of the ladder are the product's own; the halves, the tenths and the hysteresis are ours. What the function is worth
 * is measured by {@code homeroom scorecard}. SQL has the same function, {@code metrics.frustration_level}: every
 * operation here is plain double arithmetic in the stated order, so both agree to the last bit.
 *
 * <p>Pure; safe to use from several threads.
 */
public final class StudentLevel {
    /** How long a signal must last to reach the first, second, … step. */
    public static final List<Duration> LADDER = List.of(
            Duration.ofSeconds(25),
            Duration.ofSeconds(45),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10));

    /** The part of the way to 1 that a step of the ladder takes. */
    public static final double STEP = 0.1;

    /** How far below its bound the strength must fall for a level to be left. */
    public static final double HYSTERESIS = 0.1;

    private StudentLevel() {}

    /**
     * How strong the signals are together, 0 to 1; 0 without any. Their order does not matter.
     *
     * <p>To the bit: with {@code x = weight * (score + (1.0 - score) * (0.1 * steps))} of each signal, sorted from the largest to
     * the smallest, {@code strength = x1}, then {@code strength = strength + (1.0 - strength) * (x / 2.0)} for each further one.
     */
    public static double strength(List<OpenSignal> open) {
        double[] said = open.stream().mapToDouble(StudentLevel::lifted).sorted().toArray();
        if (said.length == 0) {
            return 0;
        }
        double strength = said[said.length - 1];
        for (int i = said.length - 2; i >= 0; i--) {
            strength = strength + (1.0 - strength) * (said[i] / 2.0);
        }
        return strength;
    }

    /** The level of that strength, 0 to 1, for a student whose level was {@code before}; {@link Level#NONE} at first. */
    public static Level level(double strength, Level before) {
        Level level = Level.of(strength);
        for (Level held : Level.values()) {
            if (held.compareTo(before) <= 0 && strength >= held.from() - HYSTERESIS && held.compareTo(level) > 0) {
                level = held;
            }
        }
        return level;
    }

    /** The level by these signals for a student whose level was {@code before}. */
    public static Level of(List<OpenSignal> open, Level before) {
        return level(strength(open), before);
    }

    /** How many steps of the ladder have been reached, 0 to 6. */
    static int steps(Duration lasting) {
        int steps = 0;
        while (steps < LADDER.size() && lasting.compareTo(LADDER.get(steps)) >= 0) {
            steps++;
        }
        return steps;
    }

    private static double lifted(OpenSignal signal) {
        return signal.weight() * (signal.score() + (1.0 - signal.score()) * (STEP * steps(signal.lasting())));
    }
}
