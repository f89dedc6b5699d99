package dev.homeroom.e2e;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * From the moment the edge received an event to the alert in a teacher's WebSocket client. The test asserts that every
 * alert comes and says what the API says; how fast it came is printed, for the figures in the README.
 */
class AlertLatencyIT {
    private static final String CLASSROOM = "latency";
    private static final int STUDENTS = 200;
    private static final int AT_A_TIME = 8;
    private static final int ASKED = 10;

    private final Whole whole = Whole.running();

    @Test
    void everyStrugglingStudentReachesTheTeacher_R_P8_R_P9() throws Exception {
        Api app = whole.app("quiz", CLASSROOM);
        try (StreamClient teacher = whole.stream(CLASSROOM, "stopwatch")) {
            Patiently.until("the first hello", teacher::seq, seq -> seq >= 0);
            struggle(app);
            Patiently.until("an alert for every student", () -> students(teacher), n -> n == STUDENTS);
            Api asked = new Api(whole.origin(), whole.teacherToken(CLASSROOM));
            for (int student = 0; student < STUDENTS; student += STUDENTS / ASKED) {
                alertAndApiAgree(teacher, asked, "p-" + student);
            }
            print(teacher);
        }
    }

    /** Some at a time, as in a lesson; each of them one event after the other. */
    private static void struggle(Api app) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<?>> all = new ArrayList<>();
            for (int student = 0; student < STUDENTS; student++) {
                String name = "p-" + student;
                all.add(threads.submit(() -> Struggle.now(app, CLASSROOM, name)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    /** Levels rise while trouble lasts, at most some seconds later in the alert: it is waited for. */
    private static void alertAndApiAgree(StreamClient teacher, Api asked, String student) {
        Patiently.until(
                "one level of " + student,
                () -> List.of(
                        asked.get("/api/students/" + student + "/frustration")
                                .body()
                                .path("level")
                                .asText(),
                        told(teacher, student)),
                levels -> levels.getFirst().equals(levels.getLast()));
    }

    private static String told(StreamClient teacher, String student) {
        return teacher.alerts().stream()
                .map(seen -> seen.change().path("alert"))
                .filter(alert -> alert.path("student").asText().equals(student))
                .map(alert -> alert.path("level").asText())
                .reduce("nothing", (_, last) -> last);
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
