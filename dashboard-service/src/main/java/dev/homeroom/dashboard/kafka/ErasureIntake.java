package dev.homeroom.dashboard.kafka;

import dev.homeroom.contracts.student.StudentErased;
import dev.homeroom.dashboard.StudentErasure;
import dev.homeroom.platform.event.DeadLetters;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.event.UndecodableEventException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Forgets the students that a batch of records names, one after the other. A record that can never be taken goes to the dead
 * letters with the reason; any other failure is told when all had their turn, for the caller to try again.
 */
@ApplicationScoped
public class ErasureIntake {
    /** Some classrooms, each within the limit of a transaction. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final StudentErasure erasure;
    private final DeadLetters deadLetters;

    /** Takes who forgets students, and where the rest goes. */
    ErasureIntake(StudentErasure erasure, DeadLetters deadLetters) {
        this.erasure = erasure;
        this.deadLetters = deadLetters;
    }

    /** Returns when every student is forgotten. */
    void take(Iterable<ConsumerRecord<String, byte[]>> batch) {
        @Nullable RuntimeException failed = null;
        for (var record : batch) {
            try {
                erase(record);
            } catch (RuntimeException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private void erase(ConsumerRecord<String, byte[]> record) {
        String student;
        try {
            student = EventCodec.decode(record, StudentErased.class).data().student();
        } catch (UndecodableEventException e) {
            deadLetters.send(record, e.reason());
            return;
        }
        erasure.erase(student).await().atMost(LIMIT);
    }
}
