package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A detector that follows the judged attempts at a skill. */
sealed interface Practising<M extends Record> extends Detector<M> permits KnowledgeTracing, WheelSpinning {
    /** How long a skill may rest before it counts anew, in event time. */
    Duration memoryOf();

    @Override
    default @Nullable Subject subject(Observed event) {
        String skill = event.skill();
        return skill != null && event.judged() ? Subject.skill(skill) : null;
    }

    @Override
    default Duration remembers() {
        return memoryOf();
    }
}
