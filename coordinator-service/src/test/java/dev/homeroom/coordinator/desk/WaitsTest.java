package dev.homeroom.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Codebase;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.Holder;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.coordinator.core.Request;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.core.Terms;
import dev.homeroom.coordinator.core.WaitEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private final ManualAlarms alarms = new ManualAlarms();
    private final List<Command> submitted = new ArrayList<>();
    private final List<CompletableFuture<Answer>> open = new ArrayList<>();
    private final Waits waits = new Waits(this::submit, alarms, Runnable::run, DeskMeter.NONE, "n/", 3);

    @Test
    void aQueuedClientIsAnsweredByTheEndOfItsWait_RL2() {
        Pending pending = queue(10_000);
        answer(0, waiting(7));
        waits.ended(new WaitEnd(8, granted(1)));
        assertThat(pending.answer().toCompletableFuture()).isNotDone();
        waits.ended(new WaitEnd(7, granted(2)));
        assertThat(pending.answer()).isCompletedWithValue(granted(2));
        nothingIsLeft();
    }

    @Test
    void anEndThatIsAppliedBeforeItsTicketIsKnownIsNotLost_RL2() {
        Pending pending = queue(10_000);
        waits.ended(new WaitEnd(7, granted(2)));
        answer(0, waiting(7));
        assertThat(pending.answer()).isCompletedWithValue(granted(2));
        nothingIsLeft();
    }

    @Test
    void aClientThatGoesAwayCancelsUnderItsAttachment_RL2() {
        Pending pending = queue(10_000);
        answer(0, waiting(7));
        pending.abandon();
        pending.abandon();
        assertThat(submitted).hasSize(2);
        assertThat(submitted.get(1))
                .isEqualTo(new Command.CancelWait(
                        "s", 1, 7, terms(submitted.get(0)).attachment()));
        answer(1, new Answer.WaitCancelled(true));
        nothingIsLeft();
    }

    @Test
    void aClientThatGoesAwayBeforeItsTicketIsKnownCancelsWhenItIs_RL2() {
        Pending pending = queue(10_000);
        pending.abandon();
        answer(0, waiting(7));
        assertThat(submitted.get(1)).isInstanceOf(Command.CancelWait.class);
        answer(1, new Answer.WaitCancelled(true));
        nothingIsLeft();
    }

    @Test
    void aCancelWithoutAnAnswerIsSentAgainButNotForEver_RL2() {
        Pending pending = queue(10_000);
        answer(0, waiting(7));
        pending.abandon();
        for (int i = 1; i < submitted.size(); i++) {
            fail(i, Unanswered.Reason.NO_LEADER);
            alarms.pass(Wait.RETRY_MILLIS);
        }
        assertThat(submitted).hasSize(5);
        nothingIsLeft();
    }

    @Test
    void aWaitAsksAgainWithWhatIsLeftUnderTheSameAttachment_RL2() {
        Pending pending = queue(12_000);
        answer(0, waiting(7));
        alarms.pass(Wait.AGAIN_MILLIS);
        assertThat(submitted).hasSize(2);
        Terms first = terms(submitted.get(0));
        Terms second = terms(submitted.get(1));
        assertThat(second.attachment()).isEqualTo(first.attachment());
        assertThat(first.waitMillis()).isEqualTo(12_000);
        assertThat(second.waitMillis()).isEqualTo(12_000 - Wait.AGAIN_MILLIS);
        answer(1, granted(3));
        assertThat(pending.answer()).isCompletedWithValue(granted(3));
        nothingIsLeft();
    }

    @Test
    void afterAStateWasInstalledEverybodyAsksAgain_RL2() {
        Pending first = queue(60_000);
        Pending second = queue(60_000);
        answer(0, waiting(7));
        answer(1, waiting(8));
        waits.resynced();
        alarms.pass(1_000);
        assertThat(submitted).hasSize(4);
        answer(2, granted(1));
        answer(3, waiting(8));
        assertThat(first.answer()).isCompletedWithValue(granted(1));
        waits.ended(new WaitEnd(8, granted(2)));
        assertThat(second.answer()).isCompletedWithValue(granted(2));
        nothingIsLeft();
    }

    @Test
    void aChangeOfLeaderWhileWaitingIsSurvived_RL2() {
        Pending pending = queue(60_000);
        answer(0, waiting(7));
        alarms.pass(Wait.AGAIN_MILLIS);
        fail(1, Unanswered.Reason.NO_LEADER);
        alarms.pass(Wait.RETRY_MILLIS);
        fail(2, Unanswered.Reason.INDETERMINATE);
        assertThat(pending.answer().toCompletableFuture()).isNotDone();
        waits.ended(new WaitEnd(7, granted(2)));
        assertThat(pending.answer()).isCompletedWithValue(granted(2));
        nothingIsLeft();
    }

    @Test
    void withoutAnyAnswerAWaitEndsAfterItsTime_RL2() {
        Pending pending = queue(1_000);
        answer(0, waiting(7));
        for (int i = 1; i <= 60 && !pending.answer().toCompletableFuture().isDone(); i++) {
            alarms.pass(5_000);
            fail(submitted.size() - 1, Unanswered.Reason.NO_LEADER);
        }
        assertThat(pending.answer()).isCompletedExceptionally();
        nothingIsLeft();
    }

    @Test
    void aWaitWhoseEndWasMissedIsAskedForTheLastTimeAndLeavesTheQueue_RL2() {
        Pending pending = queue(1_000);
        answer(0, waiting(7));
        alarms.pass(1_000 + Wait.END_MILLIS);
        assertThat(terms(submitted.get(1)).waitMillis()).isZero();
        answer(1, held());
        assertThat(pending.answer()).isCompletedWithValue(held());
        assertThat(submitted.get(2)).isInstanceOf(Command.CancelWait.class);
        answer(2, new Answer.WaitCancelled(true));
        nothingIsLeft();
    }

    @Test
    void theFirstTryThatIsNotAnsweredIsTheAnswer_RL2() {
        Pending pending = queue(1_000);
        fail(0, Unanswered.Reason.NO_LEADER);
        assertThat(pending.answer()).isCompletedExceptionally();
        nothingIsLeft();
    }

    @Test
    void aConflictIsTriedAgainAfterGrowingPausesUnderTheSameSeq_RL2() {
        Pending pending = tries(new Patience(3, 1_000, 3_000));
        long[] pauses = {1_000, 2_000, 3_000};
        for (int i = 0; i < pauses.length; i++) {
            assertThat(terms(submitted.get(i)).lastTry()).isFalse();
            answer(i, held());
            alarms.pass(pauses[i] - 1);
            assertThat(submitted).hasSize(i + 1);
            alarms.pass(1);
            assertThat(submitted).hasSize(i + 2);
        }
        assertThat(terms(submitted.get(3)).lastTry()).isTrue();
        assertThat(submitted)
                .allSatisfy(command ->
                        assertThat(((Command.Acquire) command).request().seq()).isEqualTo(5));
        answer(3, held());
        assertThat(pending.answer()).isCompletedWithValue(held());
        nothingIsLeft();
    }

    @Test
    void whoGoesAwayBetweenTriesIsNotTriedForAgain_RL2() {
        Pending pending = tries(Patience.DEFAULT);
        answer(0, held());
        pending.abandon();
        alarms.pass(100_000);
        assertThat(submitted).hasSize(1);
        nothingIsLeft();
    }

    @Test
    void onlyConflictsAreTriedAgain_RL2() {
        Pending pending = tries(Patience.DEFAULT);
        Answer ended = new Answer.Rejected(Rejection.of(Rejection.Reason.SESSION_ENDED, "gone"));
        answer(0, ended);
        assertThat(pending.answer()).isCompletedWithValue(ended);
        nothingIsLeft();
    }

    @Test
    void overTheBoundNobodyWaits_RL2() {
        queue(1_000);
        queue(1_000);
        queue(1_000);
        Pending refused = queue(1_000);
        assertThat(refused.answer().toCompletableFuture().exceptionNow())
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        unanswered -> assertThat(unanswered.reason()).isEqualTo(Unanswered.Reason.OVERLOADED));
        assertThat(waits.waiting()).isEqualTo(3);
    }

    @Test
    void twoConnectionsUnderOneTicketBothGetTheAnswer_RL2() {
        Pending first = queue(10_000);
        Pending second = queue(10_000);
        answer(0, waiting(7));
        answer(1, waiting(7));
        waits.ended(new WaitEnd(7, granted(2)));
        assertThat(first.answer()).isCompletedWithValue(granted(2));
        assertThat(second.answer()).isCompletedWithValue(granted(2));
        nothingIsLeft();
    }

    private void nothingIsLeft() {
        assertThat(waits.waiting()).isZero();
        assertThat(waits.leftovers()).isZero();
        assertThat(alarms.pending()).isZero();
    }

    private Pending queue(long millis) {
        return waits.begin(this::submit, acquire(Terms.waiting(millis, "")), null);
    }

    private Pending tries(Patience patience) {
        return waits.begin(
                this::submit, acquire(new Terms(Strategy.RETRY, 0, true, "", 0, Map.of(), "", "")), patience);
    }

    private static Command.Acquire acquire(Terms terms) {
        return new Command.Acquire("s", 1, new Request(5, 5), Kind.LOCK, "l", "", 0, terms);
    }

    private CompletionStage<Answer> submit(Command command) {
        submitted.add(command);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        open.add(answer);
        return answer;
    }

    private void answer(int submission, @Nullable Answer answer) {
        open.get(submission).complete(answer);
    }

    private void fail(int submission, Unanswered.Reason reason) {
        open.get(submission).completeExceptionally(new Unanswered(reason, "test"));
    }

    private static Terms terms(Command command) {
        return ((Command.Acquire) command).terms();
    }

    private static Answer waiting(long ticket) {
        return new Answer.Waiting(ticket, 1, null, 1_000);
    }

    private static Answer granted(long token) {
        Holder holder = new Holder("s", 1, "l", "", "", Codebase.NONE, 0, 0, 0);
        return new Answer.Granted(new GrantView(Kind.LOCK, "l", token, holder, 1_000), 0);
    }

    private static Answer held() {
        return new Answer.Rejected(Rejection.of(Rejection.Reason.HELD, "held"));
    }
}
