package dev.homeroom.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.homeroom.local.process.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real processes: {@code sleep} as the part. */
class KeeperTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<StackEvent> events = new CopyOnWriteArrayList<>();
    private final Command unit = new Command();
    private final Keeper keeper = new Keeper(Part.QUEUE, unit, true, events::add, (part, pid) -> {});

    @AfterEach
    void stop() {
        keeper.retire();
        keeper.stop();
    }

    @Test
    void aPartThatIsKilledComesBack() {
        keeper.start();
        long first = keeper.pid();
        keeper.kill();
        assertThat(Await.until(LIMIT, keeper::isReady)).isTrue();
        assertThat(keeper.pid()).isNotEqualTo(first);
        assertThat(events.stream().map(e -> e.getClass().getSimpleName()))
                .containsExactly("Starting", "Ready", "Died", "Starting", "Ready");
    }

    @Test
    void aPartThatIsStoppedStaysDown() {
        keeper.start();
        keeper.stop();
        assertThat(keeper.isReady()).isFalse();
        assertThat(events).noneMatch(StackEvent.Died.class::isInstance);
    }

    @Test
    void aStartThatFailsGivesTheLastWords() {
        unit.command = new String[] {"false"};
        assertThatExceptionOfType(StackException.class)
                .isThrownBy(keeper::start)
                .withMessageContaining("queue did not start")
                .withMessageContaining("some last words");
    }

    @Test
    void aRetiredPartIsNotStarted() {
        keeper.retire();
        assertThatExceptionOfType(StackException.class).isThrownBy(keeper::start);
        assertThat(unit.process).isNull();
    }

    private static final class Command implements Unit {
        private String[] command = {"sleep", "60"};
        private volatile @Nullable Process process;

        @Override
        public Process launch() throws IOException {
            Process fresh = new ProcessBuilder(command).start();
            process = fresh;
            return fresh;
        }

        @Override
        public boolean isReady() {
            return command[0].equals("sleep");
        }

        @Override
        public List<String> lastWords() {
            return List.of("some last words");
        }

        @Override
        public void stop() {
            Process current = process;
            if (current != null) {
                current.destroyForcibly().onExit().join();
            }
        }
    }
}
