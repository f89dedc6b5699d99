package dev.homeroom.queue.lesson;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.lesson.LessonProgress;
import dev.homeroom.queue.core.lesson.LessonRegister;
import dev.homeroom.queue.core.lesson.ObjectiveProgress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Weights are at hand at once, and follow what other replicas change (R-Q7, R-Q5). */
class WeightTableTest {
    /** Answers a reading when the test says so. */
    private static final class SlowRegister implements LessonRegister {
        private CompletableFuture<Map<String, Double>> reading = new CompletableFuture<>();

        @Override
        public CompletionStage<Map<String, Double>> weights() {
            reading = new CompletableFuture<>();
            return reading;
        }

        @Override
        public CompletionStage<Map<String, LessonProgress>> progress(Collection<String> names) {
            return CompletableFuture.completedStage(Map.of());
        }

        @Override
        public CompletionStage<List<ObjectiveProgress>> objectives(@Nullable String after, int limit) {
            return CompletableFuture.completedStage(List.of());
        }

        @Override
        public void forget(String name) {}
    }

    private final SlowRegister register = new SlowRegister();
    private final WeightTable weights = new WeightTable(register);

    @Test
    void lessonsAreAlikeUntilSomebodySaysOtherwise() {
        assertThat(weights.weight(null)).isEqualTo(1);
        assertThat(weights.weight("a")).isEqualTo(1);
        var reading = weights.refresh();
        register.reading.complete(Map.of("a", 2.0));
        assertThat(join(reading)).isEqualTo(1);
        assertThat(weights.weight("a")).isEqualTo(2);
        weights.set("a", 1);
        weights.set("b", 0.5);
        assertThat(weights.weight("a")).isEqualTo(1);
        assertThat(weights.weight("b")).isEqualTo(0.5);
    }

    @Test
    void readingThatBeganBeforeAChangeDoesNotUndoIt() {
        var reading = weights.refresh();
        weights.set("a", 3);
        register.reading.complete(Map.of());
        assertThat(join(reading)).isEqualTo(1);
        assertThat(weights.weight("a")).isEqualTo(3);
        var next = weights.refresh();
        register.reading.complete(Map.of());
        assertThat(join(next)).isZero();
        assertThat(weights.weight("a")).isEqualTo(1);
    }
}
