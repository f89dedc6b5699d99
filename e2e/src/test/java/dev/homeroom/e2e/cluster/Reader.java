package dev.homeroom.e2e.cluster;

import dev.homeroom.e2e.linearizable.GrantModel.Input;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks at resources at one replica, whatever becomes of it. An answer that does not come is no part of the history. */
final class Reader implements Runnable {
    private static final long PAUSE_NANOS = Duration.ofMillis(40).toNanos();

    private final int client;
    private final Door door;
    private final Resources resources;
    private final Ledger ledger;
    private final Random random;
    private final BooleanSupplier stopped;

    Reader(int client, Door door, Resources resources, Ledger ledger, Random random, BooleanSupplier stopped) {
        this.client = client;
        this.door = door;
        this.resources = resources;
        this.ledger = ledger;
        this.random = random;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        while (!stopped.getAsBoolean()) {
            look(client, door, resources.any(random), ledger);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** One look; the reply, whatever it was. */
    static Door.Reply look(int client, Door door, String resource, Ledger ledger) {
        Input look = new Input.Look();
        var call = ledger.history().invoke(resource, client, look);
        Door.Reply reply = door.get("/api/" + resource);
        ledger.replied(reply);
        Answers.of(look, reply)
                .ifPresentOrElse(
                        output -> {
                            call.returned(output);
                            ledger.looked();
                        },
                        () -> {
                            call.nothingDone();
                            if (!reply.unknown() && !reply.nothingDone()) {
                                ledger.violated("a look at " + resource + " was answered " + reply);
                            }
                        });
        return reply;
    }
}
