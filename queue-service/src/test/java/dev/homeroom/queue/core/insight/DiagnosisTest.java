package dev.homeroom.queue.core.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.Place;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskHold;
import dev.homeroom.queue.core.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each cause of R-Q9, by the facts that prove it. */
class DiagnosisTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final UUID ID = new UUID(1, 1);
    private static final ClaimFilter BUILD = new ClaimFilter(List.of("build"), null);

    private TaskStatus status = TaskStatus.PENDING;
    private Instant runAt = NOW.minusSeconds(60);
    private @Nullable Instant deadline;
    private List<String> limits = List.of();
    private List<String> capabilities = List.of();
    private int attempt;
    private @Nullable String error;
    private TaskHold hold = TaskHold.NONE;
    private final List<Receipt> steps = new ArrayList<>();
    private Optional<HeldRow> row = Optional.empty();
    private Optional<Facts.Coordinator> coordinator = surroundings(session("a", "active", 0));
    private Optional<Line> line = Line.of(List.of(candidate(ID, 5, 60)), 1_000, ID, 5);
    private Map<ClaimFilter, Integer> asking = Map.of(BUILD, 2);

    @Test
    void nothingInTheWayIsReady() {
        var why = why(FindingKind.READY);
        assertThat(why.summary()).startsWith("It can be taken: it is the next one in the order, and 2 claims");
    }

    @Test
    void notDueSaysBecauseOfWhatAndUntilWhen() {
        runAt = NOW.plusSeconds(90);
        line = Optional.empty();
        for (var one : Map.of("enqueued", "delay", "snoozed", "snooze", "retry", "backoff")
                .entrySet()) {
            steps.clear();
            step(one.getKey(), TaskStatus.PENDING, null);
            var why = why(FindingKind.NOT_DUE);
            assertThat(why.causes().getFirst()).isInstanceOfSatisfying(Finding.NotDue.class, notDue -> {
                assertThat(notDue.because().word()).isEqualTo(one.getValue());
                assertThat(notDue.until()).isEqualTo(runAt);
            });
            assertThat(why.summary()).startsWith("It waits: not due for another 90s");
        }
    }

    @Test
    void deadlineThatHasPassedIsAllThatCounts() {
        deadline = NOW;
        asking = Map.of();
        why(FindingKind.DEADLINE_PASSED);
        deadline = NOW.plusMillis(1);
        why(FindingKind.NOBODY_ASKS);
        status = TaskStatus.FAILED;
        step("deadline", TaskStatus.FAILED, null);
        assertThat(why(FindingKind.DEADLINE_PASSED).summary())
                .isEqualTo("It is over: its deadline passed before it was done.");
    }

    @Test
    void exhaustedLimitNamesItsPermitsAndHolders() {
        limits = List.of("host:x", "host:y");
        var holder = session("p", "active", 0).holding(null, null);
        coordinator = Optional.of(new Facts.Coordinator(
                Optional.empty(),
                null,
                List.of(new LimitUse("host:x", 2, 2, 0, List.of(holder)), new LimitUse("host:y", 2, 1, 0, List.of())),
                List.of(session("a", "active", 0)),
                true));
        var why = why(FindingKind.LIMIT_EXHAUSTED);
        assertThat(why.summary()).contains("2 of the 2 permits of limit host:x", "session p");
    }

    @Test
    void aLimitWithAQueueIsExhaustedThoughPermitsAreLeft() {
        assertThat(new LimitUse("k", 3, 2, 1, List.of()).exhausted()).isTrue();
        assertThat(new LimitUse("k", 3, 2, 0, List.of()).exhausted()).isFalse();
        assertThat(new LimitUse("k", 0, 0, 0, List.of()).exhausted()).isTrue();
    }

    @Test
    void noSessionAtAll() {
        coordinator = surroundings(session("gone", "failed", 0), session("left", "released", 0));
        asking = Map.of();
        why(FindingKind.NO_SESSION);
    }

    @Test
    void noCapableSessionSaysWhatIsMissing() {
        capabilities = List.of("cobol", "java");
        coordinator = surroundings(able("a", "java"), able("b"));
        var why = why(FindingKind.NO_CAPABLE_SESSION);
        assertThat(why.causes().getFirst())
                .isInstanceOfSatisfying(
                        Finding.NoCapableSession.class,
                        none -> assertThat(none.missing()).containsExactly("cobol"));
        coordinator = surroundings(able("a", "java"), able("b", "cobol"));
        assertThat(why(FindingKind.NO_CAPABLE_SESSION).summary()).contains("no single one can do all of it");
    }

    @Test
    void capableSessionsThatAreFullOrStaleAreCounted() {
        coordinator = surroundings(session("a", "active", 3), session("b", "stale", 3), session("c", "idle", 3));
        var why = why(FindingKind.SESSIONS_BUSY);
        assertThat(why.causes().getFirst()).isEqualTo(new Finding.SessionsBusy(new Sessions(3, 3, 2, 1, 0, true)));
    }

    @Test
    void orderTellsWhoIsAheadAndBecauseOfWhat() {
        line = Line.of(
                List.of(
                        candidate(new UUID(9, 1), 7, 10),
                        candidate(new UUID(9, 2), 5, 90),
                        candidate(new UUID(9, 3), 5, 30),
                        candidate(ID, 5, 60)),
                1_000,
                ID,
                5);
        var why = why(FindingKind.BEHIND_OTHERS);
        assertThat(line).contains(new Line(3, false, 5, 1, 1, 1, Map.of(Line.NO_LESSON, 3)));
        assertThat(why.summary()).contains("3 tasks would be taken before it", "1 because it is the turn");
    }

    @Test
    void aLineBeyondTheBoundIsSaidToBeLonger() {
        var ranked = List.of(candidate(new UUID(9, 1), 7, 10), candidate(new UUID(9, 2), 5, 90));
        assertThat(Line.of(ranked, 2, ID, 5)).get().matches(Line::more).matches(l -> l.ahead() == 2);
        assertThat(Line.of(ranked, 3, ID, 5))
                .as("all are there, and it is not among them")
                .isEmpty();
        line = Line.of(ranked, 2, ID, 5);
        assertThat(why(FindingKind.BEHIND_OTHERS).summary()).contains("at least 2");
    }

    @Test
    void nobodyAsksSpeaksForThisReplicaOnly() {
        asking = Map.of(new ClaimFilter(List.of("check"), null), 3);
        assertThat(why(FindingKind.NOBODY_ASKS).summary()).contains("in this replica", "3 wait for something else");
    }

    @Test
    void pendingRowWithAGrantIsBeingHandedOver() {
        coordinator = Optional.of(new Facts.Coordinator(
                Optional.of(new HeldTask(ID, 8, holder("a"))),
                null,
                List.of(),
                List.of(session("a", "active", 1)),
                true));
        assertThat(why(FindingKind.HANDED_OVER).summary()).contains("token 8", "within 16s");
    }

    @Test
    void claimedRowWithoutItsGrantIsAboutToBePendingAgain() {
        claimed(7);
        coordinator = held(null, session("a", "active", 1));
        why(FindingKind.HANDED_OVER, FindingKind.CLAIMED);
        coordinator = held(9L, session("a", "active", 1));
        assertThat(why(FindingKind.HANDED_OVER, FindingKind.CLAIMED).summary()).contains("granted token 9");
    }

    @Test
    void holderIsToldWithTheAgeOfItsHeartbeat() {
        claimed(7);
        coordinator = held(7L, session("a", "active", 1));
        assertThat(why(FindingKind.CLAIMED).summary())
                .contains("session a on host-a holds it for 40s", "last heartbeat was 5s ago (green)");
    }

    @Test
    void holderWithoutProgressIsCalledStale() {
        claimed(7);
        coordinator = held(7L, session("a", "stale", 1));
        assertThat(why(FindingKind.HOLDER_STALE, FindingKind.CLAIMED).summary()).contains("is stale");
    }

    @Test
    void exhaustedRetriesTellTheErrorsOfTheAttempts() {
        status = TaskStatus.FAILED;
        attempt = 4;
        step("retry", TaskStatus.PENDING, "first");
        step("expired", TaskStatus.PENDING, null);
        step("failed", TaskStatus.FAILED, "last");
        var why = why(FindingKind.RETRIES_EXHAUSTED);
        assertThat(why.summary()).endsWith("all 4 attempts failed: last");
        assertThat(why.causes().getFirst())
                .isInstanceOfSatisfying(
                        Finding.RetriesExhausted.class,
                        failed -> assertThat(failed.errors())
                                .extracting(Finding.Failure::cause)
                                .containsExactly("retry", "expired", "failed"));
        attempt = 2;
        assertThat(why(FindingKind.NOT_RETRYABLE).summary()).contains("attempt 2 of 4 failed for good");
    }

    @Test
    void endsSayWhoAndWhy() {
        error = "not wanted";
        status = TaskStatus.CANCELLED;
        step("cancelled", TaskStatus.CANCELLED, error);
        assertThat(why(FindingKind.CANCELLED).summary())
                .isEqualTo("It is over: it was cancelled, while session a held it: not wanted");
        status = TaskStatus.SKIPPED;
        step("skipped", TaskStatus.SKIPPED, error);
        assertThat(why(FindingKind.SKIPPED).summary()).isEqualTo("It is over: it was skipped by session a: not wanted");
        status = TaskStatus.COMPLETED;
        attempt = 1;
        step("completed", TaskStatus.COMPLETED, null);
        assertThat(why(FindingKind.COMPLETED).summary())
                .isEqualTo("It is over: it was completed by session a in attempt 1.");
    }

    @Test
    void unreachableCoordinatorIsSaidFirstToWhatIsDue() {
        coordinator = Optional.empty();
        why(FindingKind.COORDINATOR_UNREACHABLE);
        runAt = NOW.plusSeconds(5);
        why(FindingKind.NOT_DUE, FindingKind.COORDINATOR_UNREACHABLE);
        claimed(7);
        why(FindingKind.CLAIMED, FindingKind.COORDINATOR_UNREACHABLE);
    }

    @Test
    void severalCausesAreToldTogetherTheWeightiestFirst() {
        runAt = NOW.plusSeconds(5);
        line = Optional.empty();
        coordinator = surroundings();
        assertThat(why(FindingKind.NOT_DUE, FindingKind.NO_SESSION).summary()).endsWith("(and 1 more)");
    }

    private Why why(FindingKind... expected) {
        var task = new Task(
                ID,
                "build",
                "{}",
                null,
                5,
                null,
                runAt,
                4,
                limits,
                capabilities,
                null,
                deadline,
                NOW.minusSeconds(300),
                status,
                hold,
                steps.size(),
                attempt,
                null,
                error);
        var why = Diagnosis.of(new Facts(NOW, task, steps, row, coordinator, !status.over(), Map.of(), line, asking));
        assertThat(why.causes()).extracting(Finding::kind).containsExactly(expected);
        assertThat(why.causes())
                .allSatisfy(cause -> assertThat(Words.detail(cause)).isNotBlank());
        return why;
    }

    private void step(String cause, TaskStatus to, @Nullable String reason) {
        steps.add(new Receipt(
                ID,
                "build",
                null,
                steps.size() + 1,
                to,
                cause,
                "a",
                7,
                steps.size() + 1,
                null,
                null,
                reason,
                NOW.minusSeconds(9),
                null));
    }

    private void claimed(long token) {
        status = TaskStatus.CLAIMED;
        line = Optional.empty();
        hold = new TaskHold(token, "a", 1, NOW.plusSeconds(500));
        row = Optional.of(new HeldRow(
                ID, "build", null, 5, 1, 4, List.of(), "a", 1, token, NOW.minusSeconds(40), NOW.plusSeconds(500)));
    }

    private static Optional<Facts.Coordinator> held(@Nullable Long token, AgentSession session) {
        var grant = token == null
                ? Optional.<HeldTask>empty()
                : Optional.of(new HeldTask(ID, token, session.holding(null, null)));
        return Optional.of(new Facts.Coordinator(grant, session, List.of(), List.of(), false));
    }

    private static Optional<Facts.Coordinator> surroundings(AgentSession... sessions) {
        return Optional.of(new Facts.Coordinator(Optional.empty(), null, List.of(), List.of(sessions), true));
    }

    private static Holder holder(String id) {
        return new Holder(id, 1, "host-" + id, null, null, null, null, Duration.ofSeconds(5), null, null);
    }

    private static AgentSession session(String id, String status, int tasks) {
        return new AgentSession(holder(id), status, List.of(), tasks, 3);
    }

    private static AgentSession able(String id, String... capabilities) {
        return new AgentSession(holder(id), "active", List.of(capabilities), 0, 3);
    }

    private static Candidate candidate(UUID id, int level, int secondsDue) {
        return new Candidate(
                id, "build", level, NOW.minusSeconds(secondsDue), null, List.of(), List.of(), Place.UNKNOWN);
    }
}
