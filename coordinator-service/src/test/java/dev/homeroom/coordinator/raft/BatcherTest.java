package dev.homeroom.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.CommandMeter;
import dev.homeroom.coordinator.codec.BatchCodec;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private final CountDownLatch filled = new CountDownLatch(1);

    @Test
    void aBatchThatIsSplitManyTimesOverLeavesWholly_R_L1() {
        Command large = new Command.GetSession("x".repeat(Batcher.ENTRY_BYTES / 2 + 1));
        try (Batcher batcher = new Batcher("test", this::appended, CommandMeter.NONE)) {
            batcher.lead(1);
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
