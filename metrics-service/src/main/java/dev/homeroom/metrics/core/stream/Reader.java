package dev.homeroom.metrics.core.stream;

import dev.homeroom.metrics.core.stream.Subscription.State;
import java.util.List;

/**
 * Moves subscriptions on: from the first question to the next frame. Everything that can be sent is sent at once; what
 * cannot waits for an answer or for room, and is tried again when either comes. Confined to the hub.
 */
final class Reader {
    private final World world;
    private final Lookups lookups;

    Reader(World world, Lookups lookups) {
        this.world = world;
        this.lookups = lookups;
    }

    /** Looks up where the client's device left off. */
    void locate(Subscription it) {
        Connection connection = it.connection();
        String device = connection.device();
        if (device != null) {
            world.findReceipt(connection.id(), connection.viewer().subject(), device, it.classroom());
        }
    }

    /** Goes on after a position: from memory when it reaches that far, else by asking for what followed. */
    void resume(long now, Subscription it, Position after) {
        if (it.feed().reaches(after)) {
            greet(now, it, after);
            it.readFrom(after, List.of());
            pump(now, it);
        } else {
            it.to(new State.Joining(after));
            lookups.history(now, it.feed(), after.seq());
        }
    }

    /** Starts from a snapshot, because there is nothing to go on from. */
    void start(long now, Subscription it) {
        it.to(new State.Renewing(null));
        lookups.snapshot(now, it.feed());
    }

    /** Takes history that the subscription waits for. */
    void history(long now, Subscription it, History history) {
        switch (it.state()) {
            case State.Joining(var after) when isBroken(after, history) -> lost(now, it, after);
            case State.Joining(var after) -> {
                greet(now, it, after);
                it.readFrom(after, history.items());
                pump(now, it);
            }
            case State.Reading _ when isBroken(it.position(), history) -> lost(now, it, it.position());
            case State.Reading _ -> {
                it.turn(history.items());
                pump(now, it);
            }
            case State.Locating _, State.Renewing _ -> {
                // It has moved on since it asked.
            }
        }
    }

    /** Takes a snapshot, if the subscription waits for one: a gap first where changes were missed. */
    void snapshot(long now, Subscription it, Snapshot snapshot) {
        if (!(it.state() instanceof State.Renewing(var lost))) {
            return;
        }
        Position present = new Position(snapshot.epoch(), snapshot.seq());
        if (lost == null) {
            greet(now, it, present);
        } else {
            boolean sameNumbers = lost.epoch().equals(snapshot.epoch()) && lost.seq() <= snapshot.seq();
            long behind = sameNumbers ? lost.seq() : 0;
            greet(now, it, new Position(snapshot.epoch(), behind));
            if (behind < snapshot.seq()) {
                send(now, it, new Outgoing.Gap(it.classroom(), snapshot.epoch(), behind + 1, snapshot.seq()));
            }
        }
        send(now, it, new Outgoing.Whole(snapshot));
        it.readFrom(present, List.of());
        pump(now, it);
    }

    /** Sends what can be sent. */
    void pump(long now, Subscription it) {
        while (it.state() instanceof State.Reading(var epoch) && !it.isWaiting()) {
            if (it.feed().isPast(epoch)) {
                lost(now, it, it.position());
                return;
            }
            Change next = it.next();
            if (next == null) {
                if (it.isBehind()) {
                    it.await();
                    lookups.history(now, it.feed(), it.position().seq());
                }
                return;
            }
            if (!it.connection().hasRoom()) {
                return;
            }
            send(now, it, new Outgoing.Alert(next));
            it.sent(now, next);
        }
    }

    /** Asks again for what it still waits for. */
    void retry(long now, Subscription it) {
        switch (it.state()) {
            case State.Locating _ -> {
                // The answer or its failure comes for certain; the hub asks again after a failure.
            }
            case State.Joining(var after) -> lookups.history(now, it.feed(), after.seq());
            case State.Renewing _ -> lookups.snapshot(now, it.feed());
            case State.Reading _ -> {
                if (it.isWaiting()) {
                    lookups.history(now, it.feed(), it.position().seq());
                }
            }
        }
    }

    void send(long now, Connection to, Outgoing frame) {
        to.sending(now);
        world.send(to.id(), frame);
    }

    private void send(long now, Subscription it, Outgoing frame) {
        send(now, it.connection(), frame);
    }

    private void greet(long now, Subscription it, Position after) {
        send(now, it, new Outgoing.Hello(it.classroom(), after));
    }

    private void lost(long now, Subscription it, Position where) {
        it.to(new State.Renewing(where));
        lookups.snapshot(now, it.feed());
    }

    /** Whether the history does not go on where the position is. */
    private static boolean isBroken(Position position, History history) {
        return !position.epoch().equals(history.epoch()) || history.gap() || history.latest() < position.seq();
    }
}
