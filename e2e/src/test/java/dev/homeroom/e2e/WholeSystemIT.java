package dev.homeroom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.e2e.queue.Histories;
import dev.homeroom.e2e.queue.Histories.History;
import dev.homeroom.e2e.queue.Legal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A real homework flows through the whole system and a thousand tasks are worked off, while each service and the broker
 * is killed with SIGKILL once and comes back.
 */
class WholeSystemIT {
    private static final String CLASSROOM = "cs1-hw03";
    private static final int TASKS = 1_000;
    private static final int SESSIONS = 20;

    private final Whole whole = Whole.running();

    @Test
    void homeworkAndTasksSurviveTheDeathOfEveryPart_R_M1_R_Q3_R_T2() throws Exception {
        List<Homework.Sent> events = Homework.events(CLASSROOM, Instant.now());
        Replay replay = new Replay(whole.app("autograder", CLASSROOM), events);
        importTasks();
        Fleet fleet = new Fleet(whole.agent(), TASKS);
        try (StreamClient teacher = whole.stream(CLASSROOM, "teacher-device")) {
            Patiently.until("the first hello", teacher::seq, seq -> seq >= 0);
            Faults faults = new Faults(whole, teacher);
            long total = events.size();
            faults.during(() -> Math.min(replay.accepted() / (double) total, 1));
            runTogether(replay, fleet, faults);
            everyEventIsStoredOnce(events);
            everyAlertWasReceivedOnce(teacher);
        }
        everyTaskWasCompletedOnce(fleet);
    }

    private void importTasks() {
        String lines = IntStream.range(0, TASKS)
                .mapToObj(i -> Api.json(Map.of(
                        "type", "grade", "payload", Map.of("n", i), "idempotencyKey", "e2e-" + i, "maxAttempts", 10)))
                .collect(Collectors.joining("\n"));
        Api.Answer answer =
                Patiently.answered(() -> whole.agent().postRaw("/api/tasks/batch", "application/x-ndjson", lines));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(TASKS);
    }

    private static void runTogether(Replay replay, Fleet fleet, Faults faults)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> running = new ArrayList<>();
            replay.senders().forEach(sender -> running.add(threads.submit(sender)));
            fleet.sessions(SESSIONS).forEach(session -> running.add(threads.submit(session)));
            running.add(threads.submit(faults));
            for (Future<Void> one : running) {
                one.get();
            }
        }
    }

    private void everyEventIsStoredOnce(List<Homework.Sent> sent) {
        Database database = whole.database();
        Patiently.until("all events in the database", () -> database.countEvents(CLASSROOM), n -> n >= sent.size());
        List<String> stored = database.eventIds(CLASSROOM);
        assertThat(stored).doesNotHaveDuplicates().hasSize(sent.size());
        assertThat(new HashSet<>(stored))
                .isEqualTo(sent.stream().map(e -> e.id().toString()).collect(Collectors.toSet()));
        assertThat(database.rolledUpEvents(CLASSROOM)).isEqualTo(sent.size());
    }

    private void everyAlertWasReceivedOnce(StreamClient teacher) {
        Database database = whole.database();
        Patiently.until("all episodes became alerts", database::unfinishedEpisodeRelay, n -> n == 0);
        long last = Patiently.until(
                "the teacher's device has the last alert",
                () -> database.lastAlertSeq(CLASSROOM),
                seq -> seq > 0 && seq == teacher.seq());
        // More may have come meanwhile: silence, too, is told.
        List<Long> seen = teacher.alerts().stream().map(StreamClient.Seen::seq).toList();
        assertThat(seen)
                .hasSizeGreaterThanOrEqualTo((int) last)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, seen.size()).boxed().toList());
        assertThat(teacher.gaps()).isZero();
        assertThat(teacher.problems()).isEmpty();
        assertThat(teacher.connections()).isGreaterThan(2);
        Patiently.until(
                "the receipt is stored",
                () -> database.receipt(CLASSROOM, "teacher-device"),
                seq -> seq >= last && seq == teacher.seq());
    }

    private void everyTaskWasCompletedOnce(Fleet fleet) {
        assertThat(fleet.violations()).isEmpty();
        Map<String, History> histories = new Histories(whole.jdbcUrl()).of("grade");
        assertThat(histories).hasSize(TASKS);
        assertThat(histories.values()).allSatisfy(history -> {
            assertThat(Legal.objections(history)).isEmpty();
            assertThat(history.last().to()).as("%s", history).isEqualTo("completed");
        });
    }
}
