package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A detector that compares a student's work on an exercise with what is known of the class. */
sealed interface BesideClass extends Detector<TaskWork> permits BehindClass, TimeOnTask {
    /** How long an exercise may rest before it counts anew, in event time. */
    Duration memoryOf();

    @Override
    default Class<TaskWork> memory() {
        return TaskWork.class;
    }

    @Override
    default @Nullable Subject subject(Observed event) {
        return TaskWork.subject(event);
    }

    @Override
    default TaskWork fresh() {
        return TaskWork.NONE;
    }

    @Override
    default TaskWork step(TaskWork work, Observed event) {
        return work.and(event);
    }

    /** What was earned stays earned, and time spent stays spent. */
    @Override
    default TaskWork after(TaskWork work) {
        return work;
    }

    @Override
    default Duration remembers() {
        return memoryOf();
    }
}
