package dev.homeroom.queue.testing;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.queue.core.AssignAnswer;
import dev.homeroom.queue.core.AssignRequest;
import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimAnswer;
import dev.homeroom.queue.core.ClaimRequest;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.Place;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RenewAnswer;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.Score;
import dev.homeroom.queue.core.TaskGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link GrantAuthority} does. */
public abstract class GrantAuthorityContract {
    /** What is behind the authority under test. */
    protected final InMemoryAuthority behind = new InMemoryAuthority();

    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    /** The one under test. */
    protected abstract GrantAuthority authority();

    @Test
    void grantsWhatNobodyHoldsWithRisingTokens() {
        var a = owner("a", 5);
        var b = owner("b", 5);
        var answers = join(authority().claim(List.of(request(a, 1, first, second), request(b, 5, first, second))));
        assertThat(answers.get(0).grants()).extracting(TaskGrant::task).containsExactly(first);
        assertThat(answers.get(1).grants()).extracting(TaskGrant::task).containsExactly(second);
        assertThat(answers.get(1).grants().getFirst().token())
                .isGreaterThan(answers.get(0).grants().getFirst().token());
        assertThat(answers.get(0).grants().getFirst().remaining()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void oneRefusedClaimHarmsNoOther() {
        var a = owner("a", 5);
        behind.register("b", 5);
        behind.fail("b");
        var answers = join(authority()
                .claim(List.of(
                        request(new Owner("nobody", 1), 1, first),
                        request(new Owner("b", 1), 1, first),
                        request(new Owner("a", 99), 1, first),
                        request(a, 1, first))));
        assertThat(answers.subList(0, 3))
                .extracting(answer -> Objects.requireNonNull(answer.problem()).type())
                .containsExactly(
                        ProblemType.NOT_FOUND.urn(),
                        ProblemType.SESSION_ENDED.urn(),
                        ProblemType.STALE_INCARNATION.urn());
        assertThat(answers.get(3).grants()).hasSize(1);
    }

    @Test
    void theSameSeqGetsTheSameAnswer() {
        var a = owner("a", 5);
        var claim = new ClaimRequest(a, new RequestId(1, 1), 1, Duration.ofMinutes(1), candidates(first, second));
        assertThat(claim(claim)).isEqualTo(claim(claim));
    }

    @Test
    void aSeqThatGotNothingMayBeAskedAgain() {
        var held = claim(request(owner("b", 5), 1, first)).grants().getFirst();
        var claim = new ClaimRequest(owner("a", 5), new RequestId(1, 1), 1, Duration.ofMinutes(1), candidates(first));
        assertThat(claim(claim).grants()).isEmpty();
        join(authority().release(List.of(new Hold(first, "b", held.token()))));
        assertThat(claim(claim).grants()).hasSize(1);
    }

    @Test
    void grantsATaskOnlyToASessionThatCanDoIt_R_Q6() {
        var able = new Owner("able", behind.register("able", 5, "java", "sql"));
        var unable = owner("unable", 5);
        var candidate = candidate(first, List.of("sql"), new Place("dev-1", "repo"));
        assertThat(claim(asking(unable, candidate)).grants()).isEmpty();
        var answer = claim(asking(able, candidate));
        assertThat(answer.grants()).hasSize(1);
        assertThat(answer.place()).isEqualTo(new Place("host-able", "repo-able"));
    }

    @Test
    void saysWhatASessionCanDo_R_Q6() {
        var able = new Owner("able", behind.register("able", 5, "java", "sql"));
        assertThat(join(authority().capabilities(able))).contains(Set.of("java", "sql"));
        assertThat(join(authority().capabilities(new Owner("able", 99)))).isEmpty();
        assertThat(join(authority().capabilities(new Owner("nobody", 1)))).isEmpty();
    }

    @Test
    void saysWhenASessionMayHoldNoMore_R_Q2() {
        var a = owner("a", 1);
        assertThat(claim(request(a, 1)).full()).isFalse();
        assertThat(claim(request(a, 1, first)).full()).isTrue();
        assertThat(claim(request(a, 1, second)))
                .satisfies(answer -> assertThat(answer.grants()).isEmpty())
                .satisfies(answer -> assertThat(answer.full()).isTrue());
    }

    @Test
    void pushesATaskToTheBestSessionAndSaysWhy_R_Q6() {
        var a = owner("a", 5);
        var assigned = assigned(assign(null, first, null));
        assertThat(assigned.holder().session()).isEqualTo("a");
        assertThat(assigned.holder().incarnation()).isEqualTo(a.incarnation());
        assertThat(assigned.holder().repo()).isEqualTo("repo-a");
        assertThat(assigned.score().parts()).extracting(Score.Part::name).containsExactly("load");
        assertThat(behind.beat("a")).containsExactly(first);
        assertThat(assign(null, first, null)).isEqualTo(assigned);
        var claimed = claim(request(a, 1, first)).grants();
        assertThat(claimed)
                .extracting(TaskGrant::token)
                .containsExactly(assigned.grant().token());
        assertThat(behind.beat("a")).isEmpty();
    }

    @Test
    void refusesAnAssignmentWithAReasonAndTheSameOneTwice_R_Q6() {
        assertThat(refused(assign(null, first, "r"))).isEqualTo(ProblemType.NONE_AVAILABLE.urn());
        owner("a", 1);
        assertThat(refused(assign(null, first, "r"))).isEqualTo(ProblemType.NONE_AVAILABLE.urn());
        assertThat(refused(assign("nobody", first, null))).isEqualTo(ProblemType.NOT_FOUND.urn());
        var assigned = assigned(assign("a", first, "r2"));
        assertThat(assign("a", first, "r2")).isEqualTo(assigned);
        owner("b", 1);
        assertThat(refused(assign("b", first, null))).isEqualTo(ProblemType.HELD.urn());
    }

    @Test
    void tellsTheHolderOfATaskThatWasCalledOff_R_Q3() {
        var grant = claim(request(owner("a", 5), 1, first)).grants().getFirst();
        join(authority().release(List.of(new Hold(first, "a", grant.token()).calledOff())));
        assertThat(behind.revoked("a")).containsExactly(first + " cancelled");
    }

    @Test
    void renewsWithTheTokenOnly() {
        var grant = claim(request(owner("a", 5), 1, first)).grants().getFirst();
        var answers = join(authority()
                .renew(
                        List.of(new Hold(first, "a", grant.token()), new Hold(first, "a", grant.token() + 1)),
                        Duration.ofMinutes(5)));
        assertThat(answers.get(0))
                .isInstanceOfSatisfying(
                        RenewAnswer.Renewed.class,
                        renewed -> assertThat(renewed.grant().remaining()).isEqualTo(Duration.ofMinutes(5)));
        assertThat(answers.get(1)).isInstanceOf(RenewAnswer.Refused.class);
    }

    @Test
    void aReleaseSaysWhatCameOfTheAttempt_R_S8() {
        var grants = claim(request(owner("a", 5), 2, first, second)).grants();
        for (var grant : grants) {
            boolean done = grant.task().equals(first);
            var outcome = done ? new Outcome.Complete(null) : new Outcome.Fail("no", true);
            join(authority().release(List.of(new Hold(grant.task(), "a", grant.token()).after(outcome))));
        }
        assertThat(behind.results()).containsExactlyInAnyOrder(Hold.Result.DONE, Hold.Result.FAILED);
    }

    @Test
    void releasesWithTheTokenOnly() {
        var grant = claim(request(owner("a", 5), 1, first)).grants().getFirst();
        assertThat(join(authority().release(List.of(new Hold(first, "a", grant.token() + 1)))))
                .isZero();
        assertThat(join(authority().release(List.of(new Hold(first, "a", grant.token())))))
                .isOne();
        assertThat(join(authority().holder(first))).isEmpty();
    }

    @Test
    void listsByPagesAndAge() {
        claim(request(owner("a", 5), 2, first, second));
        behind.pass(Duration.ofSeconds(6));
        var third = UUID.randomUUID();
        claim(request(new Owner("a", 1), 1, third));
        var page = join(authority().list(null, 2, Duration.ZERO));
        var rest = join(authority().list(page.next(), 2, Duration.ZERO));
        assertThat(Stream.concat(page.items().stream(), rest.items().stream()).map(HeldTask::task))
                .containsExactlyInAnyOrder(first, second, third);
        assertThat(rest.next()).isNull();
        assertThat(join(authority().list(null, 10, Duration.ofSeconds(5))).items())
                .extracting(HeldTask::task)
                .containsExactlyInAnyOrder(first, second);
        assertThat(join(authority().holder(third)).orElseThrow().holder().session())
                .isEqualTo("a");
    }

    @Test
    void grantsNothingAtOrBelowTheFloor() {
        assertThat(join(authority().raiseTokenFloor(500))).isEqualTo(501);
        assertThat(claim(request(owner("a", 5), 1, first)).grants().getFirst().token())
                .isGreaterThan(500);
    }

    @Test
    void saysWhenItCannotBeReached() {
        behind.away(true);
        assertThatThrownBy(() -> join(authority().release(List.of())))
                .hasCauseInstanceOf(QueueException.class)
                .satisfies(e -> assertThat(((QueueException) Objects.requireNonNull(e.getCause())).rejection())
                        .isInstanceOf(Rejection.Unavailable.class));
    }

    private Owner owner(String session, int maxTasks) {
        return new Owner(session, behind.register(session, maxTasks));
    }

    private AssignAnswer assign(@Nullable String session, UUID task, @Nullable String requestId) {
        var candidate = candidate(task, List.of(), Place.UNKNOWN);
        return join(authority().assign(new AssignRequest(session, candidate, Duration.ofMinutes(1), requestId)));
    }

    private static AssignAnswer.Assigned assigned(AssignAnswer answer) {
        assertThat(answer).isInstanceOf(AssignAnswer.Assigned.class);
        return (AssignAnswer.Assigned) answer;
    }

    private static String refused(AssignAnswer answer) {
        assertThat(answer).isInstanceOf(AssignAnswer.Refused.class);
        return ((AssignAnswer.Refused) answer).problem().type();
    }

    private static ClaimRequest asking(Owner owner, Candidate candidate) {
        return new ClaimRequest(owner, RequestId.NONE, 1, Duration.ofMinutes(1), List.of(candidate));
    }

    private ClaimAnswer claim(ClaimRequest request) {
        return join(authority().claim(List.of(request))).getFirst();
    }

    private static ClaimRequest request(Owner owner, int count, UUID... tasks) {
        return new ClaimRequest(owner, RequestId.NONE, count, Duration.ofMinutes(1), candidates(tasks));
    }

    private static List<Candidate> candidates(UUID... tasks) {
        return Stream.of(tasks)
                .map(task -> candidate(task, List.of(), Place.UNKNOWN))
                .toList();
    }

    private static Candidate candidate(UUID task, List<String> capabilities, Place last) {
        return new Candidate(task, "build", 5, Instant.EPOCH, null, List.of(), capabilities, last);
    }
}
