package dev.homeroom.e2e;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * From the moment the edge received an event to the alert in a teacher's WebSocket client. The test asserts that every
 * alert comes; how fast it came is printed, for the figures in the README.
 */
class AlertLatencyIT {
    private static final String CLASSROOM = "latency";
    private static final int STUDENTS = 200;

    private final Whole whole = Whole.running();

    @Test
    void everyStrugglingStudentReachesTheTeacher_R_P8_R_P9() {
        Api app = whole.app("quiz", CLASSROOM);
        try (StreamClient teacher = whole.stream(CLASSROOM, "stopwatch")) {
            Patiently.until("the first hello", teacher::seq, seq -> seq >= 0);
            for (int student = 0; student < STUDENTS; student++) {
                Struggle.now(app, CLASSROOM, "p-" + student);
            }
            Patiently.until("an alert for every student", () -> students(teacher), n -> n == STUDENTS);
            print(teacher);
        }
    }

    private static long students(StreamClient teacher) {
        return teacher.alerts().stream()
                .map(seen -> seen.change().path("alert").path("student").asText())
                .distinct()
                .count();
    }

    private static void print(StreamClient teacher) {
        List<Long> millis = teacher.alerts().stream()
                .map(seen -> seen.arrivedMillis()
                        - Instant.parse(seen.change().path("causedAt").asText()).toEpochMilli())
                .sorted()
                .toList();
        System.out.printf(
                "event at the edge -> alert at a WebSocket client: %d alerts, p50 %d ms, p99 %d ms, max %d ms%n",
                millis.size(), at(millis, 0.50), at(millis, 0.99), at(millis, 1));
    }

    private static long at(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size())));
    }
}
