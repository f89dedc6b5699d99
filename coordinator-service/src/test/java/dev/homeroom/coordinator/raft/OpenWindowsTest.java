package dev.homeroom.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Affinity;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Machine;
import dev.homeroom.coordinator.core.Windows;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenWindowsTest {
    private static final Windows AT_NINE =
            new Windows(Instant.parse("2026-03-02T09:00:00Z").toEpochMilli());
    private static final Windows AT_NOON =
            new Windows(Instant.parse("2026-03-02T12:00:00Z").toEpochMilli());

    private final Machine machine = new Machine();
    private long index;

    private void apply(Command command) {
        machine.apply(++index, new Batch(3, 0, 0, List.of(command)));
    }

    private void affinity(String id, Affinity.Window... windows) {
        apply(new Command.PutAffinity(new Affinity(id, "s", "l", List.of(windows), 1)));
    }

    @Test
    void onlyChangesAreReplicated_R_S7() {
        assertThat(OpenWindows.change(machine.state(), AT_NINE)).isEmpty();
        affinity("always");
        assertThat(OpenWindows.change(machine.state(), AT_NINE)).isEmpty();
        affinity("mornings", new Affinity.Window(List.of(1), 540, 720, "UTC"));
        assertThat(OpenWindows.change(machine.state(), AT_NOON)).isEmpty();
        assertThat(OpenWindows.change(machine.state(), AT_NINE))
                .contains(new Command.OpenAffinities(3, List.of("mornings")));
        apply(new Command.OpenAffinities(3, List.of("mornings")));
        assertThat(OpenWindows.change(machine.state(), AT_NINE)).isEmpty();
        assertThat(OpenWindows.change(machine.state(), AT_NOON)).contains(new Command.OpenAffinities(3, List.of()));
    }
}
