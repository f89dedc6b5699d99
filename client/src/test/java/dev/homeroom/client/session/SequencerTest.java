package dev.homeroom.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-L1 requests of an incarnation are numbered")
class SequencerTest {
    private final Sequencer sequencer = new Sequencer();

    @Test
    void unansweredIsTheLowestOpenOneOrTheNext() throws InterruptedException {
        assertThat(sequencer.unanswered()).isEqualTo(1);
        Sequencer.Turn first = sequencer.begin(Duration.ZERO);
        Sequencer.Turn second = sequencer.begin(Duration.ZERO);
        assertThat(List.of(first.seq(), second.seq())).containsExactly(1L, 2L);
        second.close();
        assertThat(sequencer.unanswered()).isEqualTo(1);
        first.close();
        first.close();
        assertThat(sequencer.unanswered()).isEqualTo(3);
    }

    @Test
    void itStaysWithinWhatTheCoordinatorKeeps() throws InterruptedException {
        List<Sequencer.Turn> open = new ArrayList<>();
        for (int i = 0; i < Sequencer.IN_FLIGHT; i++) {
            open.add(sequencer.begin(Duration.ZERO));
        }
        open.get(100).close();
        assertThatIllegalStateException()
                .isThrownBy(() -> sequencer.begin(Duration.ofMillis(1)))
                .withMessageContaining("Request 1 of this session has had no answer");
        open.getFirst().close();
        assertThat(sequencer.begin(Duration.ZERO).seq()).isEqualTo(Sequencer.IN_FLIGHT + 1);
    }

    @Test
    void aWaiterGoesOnWhenTheLowestIsSettled() throws InterruptedException, ExecutionException {
        Sequencer.Turn lowest = sequencer.begin(Duration.ZERO);
        for (int i = 1; i < Sequencer.IN_FLIGHT; i++) {
            sequencer.begin(Duration.ZERO).close();
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> waiter =
                    threads.submit(() -> sequencer.begin(Duration.ofMinutes(1)).seq());
            lowest.close();
            assertThat(waiter.get()).isEqualTo(Sequencer.IN_FLIGHT + 1);
        }
    }

    @Test
    void underContentionNoNumberIsTwiceAndNoneIsLost() throws InterruptedException, ExecutionException {
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        List<Future<?>> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 8; thread++) {
                RandomGenerator random = RandomGeneratorFactory.getDefault().create(thread);
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        use(seen, random);
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(seen).hasSize(4_000);
        assertThat(Collections.max(seen)).isEqualTo(4_000);
        assertThat(sequencer.unanswered()).isEqualTo(4_001);
    }

    private void use(Set<Long> seen, RandomGenerator random) throws InterruptedException {
        try (Sequencer.Turn turn = sequencer.begin(Duration.ofMinutes(1))) {
            assertThat(seen.add(turn.seq())).isTrue();
            assertThat(sequencer.unanswered()).isBetween(turn.seq() - Sequencer.IN_FLIGHT, turn.seq());
            if (random.nextBoolean()) {
                Thread.onSpinWait();
            }
        }
    }
}
