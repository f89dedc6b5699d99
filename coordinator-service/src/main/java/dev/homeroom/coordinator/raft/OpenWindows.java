package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Preference;
import dev.homeroom.coordinator.core.State;
import dev.homeroom.coordinator.core.Windows;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * While this replica leads: looks once a second which time windows of affinities are open by its clock and its zone
 * rules, and replicates that when it differs from what is replicated. So replicas with other zone rules, or another
 * clock, agree; a new leader corrects with its first look.
 */
final class OpenWindows implements AutoCloseable {
    private static final long LOOK_MILLIS = 1_000;
    private static final Logger LOG = Logger.getLogger(OpenWindows.class);

    private final Replica replica;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("open-windows").factory());

    OpenWindows(Replica replica, InstantSource clock) {
        this.replica = replica;
        this.clock = clock;
    }

    void start() {
        var unused = timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (!replica.leading()) {
                return;
            }
            Windows windows = new Windows(clock.millis());
            Optional<Command> change = replica.stale(state -> change(state, windows));
            if (change.isPresent()) {
                var unused = replica.submit(change.get()).whenComplete((answer, failure) -> {
                    if (failure != null) {
                        LOG.debugf("The open windows were not replicated; looking again: %s", failure.getMessage());
                    }
                });
            }
        } catch (RuntimeException e) {
            // One bad look must not end all later ones.
            LOG.warnf("The windows of affinities were not looked at: %s", e);
        }
    }

    /** What to replicate; empty when nothing changed. */
    static Optional<Command> change(State state, Windows windows) {
        if (state.affinityCount() == 0) {
            return Optional.empty();
        }
        List<String> open = new ArrayList<>();
        boolean[] differs = new boolean[1];
        state.affinities(preference -> {
            if (open(preference, windows, differs)) {
                open.add(preference.affinity().id());
            }
        });
        return differs[0] ? Optional.of(new Command.OpenAffinities(state.term(), open)) : Optional.empty();
    }

    private static boolean open(Preference preference, Windows windows, boolean[] differs) {
        boolean now = windows.open(preference.affinity());
        differs[0] |= now != preference.open();
        return now && !preference.affinity().windows().isEmpty();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
