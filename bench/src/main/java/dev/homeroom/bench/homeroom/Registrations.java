package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.load.Reply;
import dev.homeroom.bench.load.Step;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import java.util.concurrent.atomic.AtomicLong;

/** Registers new sessions, each with an id that was never used. */
final class Registrations implements Step {
    /** Longer than a run: none expires meanwhile. */
    private static final long LEASE_SECONDS = 3_600;

    private final AtomicLong next = new AtomicLong();
    private final String prefix;
    private final Channels channels;

    Registrations(Channels channels, String prefix) {
        this.channels = channels;
        this.prefix = prefix;
    }

    @Override
    public void run(int caller, Done done) {
        CoordinatorGrpc.newStub(channels.of(caller))
                .registerSession(
                        Agents.request(prefix + next.incrementAndGet(), LEASE_SECONDS),
                        new Reply<>(done, session -> done.ok()));
    }
}
