package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.Observed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many opportunities to practise a skill without ever mastering it.
 *
 * <p>Source: Beck and Gong, "Wheel-Spinning: Students Who Fail to Master a Skill" (AIED 2013): who has not reached mastery, three
 * right answers in a row, within ten opportunities mostly never does. {@link KnowledgeTracing} asks the same of a model.
 *
 * <p>Score of {@code n} opportunities without mastery: {@code 1 - 2^(-n / opportunities)}, so 0.5 at {@code opportunities}, 0.75 at
 * twice as many. Mastery ends it; after an episode it counts anew, so a
 * teacher hears of it again after as many more.
 *
 * @param opportunities how many without mastery hold the rule; 1 to 1000
 * @param streak how many right ones in a row are mastery; 1 to 100
 * @param memoryOf how long a skill may rest before it counts anew, in event time; 1 min to 90 days
 * @param quiet how long the skill may rest before an open episode ends, in event time; 1 s to 24 h
 */
public record WheelSpinning(int opportunities, int streak, Duration memoryOf, Duration quiet)
        implements Practising<WheelSpinning.Practice> {
    /** The thresholds of the source. */
    public static final WheelSpinning STANDARD = new WheelSpinning(10, 3, Duration.ofDays(30), Duration.ofMinutes(30));

    public WheelSpinning {
        Bounds.within("opportunities", opportunities, 1, 1_000);
        Bounds.within("streak", streak, 1, 100);
        Bounds.within("memoryOf", memoryOf, Duration.ofMinutes(1), Duration.ofDays(90));
        Bounds.within("quiet", quiet, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    /**
     * Practice of the skill without mastery.
     *
     * @param opportunities attempts since the first
     * @param right right ones in a row, up to now
     * @param last the latest attempts, oldest first, at most {@value Mark#FEW}
     */
    public record Practice(int opportunities, int right, List<Mark> last) {}

    @Override
    public String name() {
        return "wheel-spinning";
    }

    @Override
    public Class<Practice> memory() {
        return Practice.class;
    }

    @Override
    public Practice fresh() {
        return new Practice(0, 0, List.of());
    }

    @Override
    public Practice step(Practice seen, Observed event) {
        int right = event.succeeded() ? seen.right() + 1 : 0;
        if (right >= streak) {
            return fresh();
        }
        Mark mark = new Mark(event.id(), event.at(), event.succeeded());
        List<Mark> last = Mark.few(seen.last(), mark);
        return new Practice(seen.opportunities() + 1, right, last);
    }

    @Override
    public @Nullable Signal read(Practice seen) {
        if (seen.last().isEmpty()) {
            return null;
        }
        double score = Scores.rising(seen.opportunities(), opportunities);
        return Mark.signal(score, seen.last(), () -> evidence(seen));
    }

    private Evidence evidence(Practice seen) {
        Map<String, Double> values =
                Map.of("opportunities", (double) seen.opportunities(), "rightInARow", (double) seen.right());
        String rule = "%d or more opportunities on a skill without %d right in a row".formatted(opportunities, streak);
        return new Evidence(rule, values, Mark.ids(seen.last()));
    }
}
