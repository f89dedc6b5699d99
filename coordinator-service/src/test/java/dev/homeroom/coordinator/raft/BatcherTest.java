package dev.homeroom.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.CommandMeter;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.codec.BatchCodec;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final Command READ = new Command.GetSession("s");

    private final CountDownLatch filled = new CountDownLatch(1);
    private final BlockingQueue<Flight> flights = new LinkedBlockingQueue<>();

    /** An entry whose answers the test gives. */
    private record Flight(Batch batch, CompletableFuture<List<Answer>> answers) {
        void land(Answer each) {
            answers.complete(Collections.nCopies(batch.commands().size(), each));
        }
    }

    @Test
    void aBatchThatIsSplitManyTimesOverLeavesWholly_R_L1() {
        Command large = new Command.GetSession("x".repeat(Batcher.ENTRY_BYTES / 2 + 1));
        try (Batcher batcher = new Batcher("test", this::appended, CommandMeter.NONE)) {
            batcher.lead(1, List.of());
            var answers = IntStream.range(0, 40)
                    .mapToObj(_ -> batcher.submit(large).toCompletableFuture())
                    .toList();
            filled.countDown();
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(new Answer.Done()));
        }
    }

    @Test
    void whateverWaitsIsAnsweredWhenTheBatcherEnds_R_L10() throws Exception {
        Batcher batcher = new Batcher("test", this::held, CommandMeter.NONE);
        batcher.lead(1, List.of());
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 5_000)
                .mapToObj(_ -> batcher.submit(READ).toCompletableFuture())
                .toList();
        List<Flight> held = taken(Batcher.IN_FLIGHT);
        batcher.close();
        held.forEach(flight -> flight.land(new Answer.Done()));
        CompletableFuture.allOf(answers.stream()
                        .map(answer -> answer.exceptionally(failure -> {
                            assertThat(failure).isInstanceOf(Unanswered.class);
                            return new Answer.Done();
                        }))
                        .toArray(CompletableFuture[]::new))
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void aFloodIsRefusedButHeartbeatsAndTicksGoOn_R_S5() throws Exception {
        try (Batcher batcher = new Batcher("test", this::held, CommandMeter.NONE)) {
            batcher.lead(1, List.of());
            List<CompletableFuture<Answer>> flood = IntStream.range(0, 2 * Batcher.QUEUE)
                    .mapToObj(_ -> batcher.submit(READ).toCompletableFuture())
                    .toList();
            assertThat(flood)
                    .filteredOn(CompletableFuture::isCompletedExceptionally)
                    .isNotEmpty()
                    .allSatisfy(refused -> assertThat(refused.exceptionNow())
                            .isInstanceOfSatisfying(
                                    Unanswered.class,
                                    one -> assertThat(one.reason()).isEqualTo(Unanswered.Reason.OVERLOADED)));
            CompletableFuture<Answer> beat = batcher.submit(new Command.Heartbeat("s", 1, 0, 0, List.of()))
                    .toCompletableFuture();
            assertThat(beat).isNotDone();
            Answer.Done done = new Answer.Done();
            boolean ticked = false;
            while (!beat.isDone() || !ticked) {
                Flight flight = taken(1).getFirst();
                ticked |= flight.batch().commands().stream().anyMatch(Command.Expire.class::isInstance);
                flight.land(done);
            }
            assertThat(beat.join()).isEqualTo(done);
        }
    }

    @Test
    void oneFurtherRoundOfExpiryIsOnItsWayAtMost_R_S4() throws Exception {
        try (Batcher batcher = new Batcher("test", this::held, CommandMeter.NONE)) {
            batcher.lead(1, List.of());
            int rounds = 0;
            for (int i = 0; i < 20; i++) {
                Flight flight = taken(1).getFirst();
                long expiries = flight.batch().commands().stream()
                        .filter(Command.Expire.class::isInstance)
                        .count();
                assertThat(expiries).as("a tick and a further round").isBetween(1L, 2L);
                rounds += (int) expiries;
                flight.land(new Answer.Expired(0, 0, true, true));
            }
            assertThat(rounds).isLessThanOrEqualTo(40);
        }
    }

    @Test
    void whatANewLeaderBringsComesBeforeAllElse_R_O3() throws Exception {
        try (Batcher batcher = new Batcher("test", this::held, CommandMeter.NONE)) {
            batcher.lead(1, List.of(new Command.NewEpoch(7)));
            var unused = batcher.submit(READ);
            assertThat(taken(1).getFirst().batch().commands().getFirst()).isEqualTo(new Command.NewEpoch(7));
        }
    }

    @Test
    void whileHeldNothingIsOnItsWayAndWhatComesWaits_R_O3() throws Exception {
        try (Batcher batcher = new Batcher("test", this::held, CommandMeter.NONE)) {
            batcher.lead(1, List.of());
            CompletableFuture<Answer> before = batcher.submit(READ).toCompletableFuture();
            Flight flight = taken(1).getFirst();
            assertThat(batcher.hold(Duration.ofMillis(1)))
                    .as("an entry waits for its commit")
                    .isFalse();
            CompletableFuture<Boolean> holding = CompletableFuture.supplyAsync(() -> hold(batcher));
            flight.land(new Answer.Done());
            landUntil(holding);
            assertThat(before).isCompletedWithValue(new Answer.Done());

            CompletableFuture<Answer> meanwhile = batcher.submit(READ).toCompletableFuture();
            assertThat(flights).isEmpty();
            assertThat(meanwhile).isNotDone();
            batcher.goOn();
            while (!meanwhile.isDone()) {
                taken(1).getFirst().land(new Answer.Done());
            }
        }
    }

    @Test
    void whatWasHeldBackIsRefusedOnceAnotherLeads_R_O3() throws Exception {
        try (Batcher batcher = new Batcher("test", this::held, CommandMeter.NONE)) {
            batcher.lead(1, List.of());
            landUntil(CompletableFuture.supplyAsync(() -> hold(batcher)));
            CompletableFuture<Answer> meanwhile = batcher.submit(READ).toCompletableFuture();
            batcher.follow();
            batcher.goOn();
            assertThat(meanwhile)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(Unanswered.class);
        }
    }

    private static boolean hold(Batcher batcher) {
        try {
            return batcher.hold(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the ticks that still leave come back. */
    private void landUntil(CompletableFuture<Boolean> holding) throws Exception {
        while (!holding.isDone()) {
            Flight tick = flights.poll(10, TimeUnit.MILLISECONDS);
            if (tick != null) {
                tick.land(new Answer.Done());
            }
        }
        assertThat(holding.get()).isTrue();
    }

    private List<Flight> taken(int count) throws InterruptedException {
        List<Flight> taken = new ArrayList<>();
        while (taken.size() < count) {
            Flight flight = flights.poll(20, TimeUnit.SECONDS);
            assertThat(flight).isNotNull();
            taken.add(flight);
        }
        return taken;
    }

    private CompletionStage<List<Answer>> held(byte[] entry) {
        Flight flight = new Flight(BatchCodec.decode(entry), new CompletableFuture<>());
        flights.add(flight);
        return flight.answers();
    }

    /** The first entry is held up until all commands wait, so that they make up one batch. */
    private CompletionStage<List<Answer>> appended(byte[] entry) {
        try {
            assertThat(filled.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Batch batch = BatchCodec.decode(entry);
        return CompletableFuture.completedFuture(
                Collections.nCopies(batch.commands().size(), new Answer.Done()));
    }
}
