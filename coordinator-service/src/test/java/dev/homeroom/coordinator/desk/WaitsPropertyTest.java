package dev.homeroom.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.coordinator.core.Request;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.core.Terms;
import dev.homeroom.coordinator.core.WaitEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers, ends, silence, resyncs and clients that go away, in any order: every wait ends once, and nothing is left. */
class WaitsPropertyTest {
    private static final int STEPS = 3_000;

    private final ManualAlarms alarms = new ManualAlarms();
    private final List<CompletableFuture<Answer>> open = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Waits waits = new Waits(this::submit, alarms, Runnable::run, DeskMeter.NONE, "n/", 50);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nothingIsLeftWhateverHappens_RL2(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            step(random);
        }
        pending.forEach(Pending::abandon);
        for (int i = 0; i < STEPS && !open.isEmpty(); i++) {
            open.removeFirst().complete(new Answer.WaitCancelled(false));
        }
        assertThat(pending)
                .allSatisfy(
                        one -> assertThat(one.answer().toCompletableFuture()).isDone());
        assertThat(waits.waiting()).isZero();
        assertThat(waits.leftovers()).isZero();
        alarms.pass(1_000);
        assertThat(alarms.pending()).isZero();
    }

    private void step(Random random) {
        switch (random.nextInt(9)) {
            case 0 -> begin(random);
            case 1, 2, 3 -> answer(random);
            case 4, 5 -> waits.ended(new WaitEnd(ticket(random), held()));
            case 6 -> alarms.pass(random.nextLong(3_000));
            case 7 -> {
                if (!pending.isEmpty()) {
                    pending.get(random.nextInt(pending.size())).abandon();
                }
            }
            default -> {
                if (random.nextInt(20) == 0) {
                    waits.resynced();
                }
            }
        }
    }

    private void begin(Random random) {
        boolean queues = random.nextBoolean();
        Terms terms = new Terms(Strategy.RETRY, queues ? 5_000 : 0, true, "", 0, Map.of(), "", "");
        var acquire = new Command.Acquire("s", 1, Request.NONE, Kind.LOCK, "l", "", 0, terms);
        pending.add(waits.begin(this::submit, acquire, queues ? null : new Patience(3, 10, 1_000)));
    }

    private void answer(Random random) {
        if (open.isEmpty()) {
            return;
        }
        CompletableFuture<Answer> one = open.remove(random.nextInt(open.size()));
        switch (random.nextInt(4)) {
            case 0 -> one.complete(held());
            case 1 -> one.completeExceptionally(new Unanswered(Unanswered.Reason.NO_LEADER, "test"));
            default -> one.complete(new Answer.Waiting(ticket(random), 1, null, 1_000));
        }
    }

    private CompletionStage<Answer> submit(Command command) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        open.add(answer);
        return answer;
    }

    private static long ticket(Random random) {
        return 1 + random.nextLong(20);
    }

    private static Answer held() {
        return new Answer.Rejected(Rejection.of(Rejection.Reason.HELD, "held"));
    }
}
