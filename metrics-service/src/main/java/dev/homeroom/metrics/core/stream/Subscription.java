package dev.homeroom.metrics.core.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One classroom as one connection reads it: a state and what it means for the next frame. Numbers leave in order, each
 * exactly one after the other, unless a gap is announced. Confined to the hub.
 */
final class Subscription {
    /** Where a subscription stands. */
    sealed interface State {
        /** Waits for what is stored as received. */
        record Locating() implements State {}

        /** Wants to go on after a position, and waits for what followed it. */
        record Joining(Position after) implements State {}

        /**
         * Waits for a snapshot.
         *
         * @param lost where the reader was when the history broke off; null for one that starts
         */
        record Renewing(@Nullable Position lost) implements State {}

        /** Sends one change after the other. */
        record Reading(String epoch) implements State {}
    }

    private final Connection connection;
    private final Feed feed;
    private final Unreceived unreceived = new Unreceived();
    private State state = new State.Locating();
    private long sent;
    private long received;
    private boolean waiting;
    private List<Change> page = List.of();

    Subscription(Connection connection, Feed feed) {
        this.connection = connection;
        this.feed = feed;
    }

    Connection connection() {
        return connection;
    }

    Feed feed() {
        return feed;
    }

    String classroom() {
        return feed.classroom();
    }

    State state() {
        return state;
    }

    void to(State next) {
        state = next;
        waiting = false;
        page = List.of();
        unreceived.clear();
    }

    /** Starts sending after a position, from a page of history as far as it goes. */
    void readFrom(Position after, List<Change> history) {
        to(new State.Reading(after.epoch()));
        sent = after.seq();
        received = after.seq();
        page = history;
    }

    /** Goes on with the page it waited for. */
    void turn(List<Change> history) {
        waiting = false;
        page = history;
    }

    /** The position after everything sent; only while reading. */
    Position position() {
        return new Position(((State.Reading) state).epoch(), sent);
    }

    /** Whether it waits for the history after this number. */
    boolean awaits(long after) {
        return switch (state) {
            case State.Joining(var position) -> position.seq() == after;
            case State.Reading _ -> waiting && sent == after;
            case State.Locating _, State.Renewing _ -> false;
        };
    }

    /** The next change at hand; null when there is none. */
    @Nullable
    Change next() {
        if (!page.isEmpty()) {
            long index = sent + 1 - page.getFirst().seq();
            if (index >= 0 && index < page.size()) {
                return page.get((int) index);
            }
            page = List.of();
        }
        return feed.get(sent + 1);
    }

    /** Whether there are later changes than those sent. */
    boolean isBehind() {
        return feed.last() > sent;
    }

    /** From now on it waits for the history after what was sent. */
    void await() {
        waiting = true;
    }

    boolean isWaiting() {
        return waiting;
    }

    /** Notes that the next change has been sent. */
    void sent(long now, Change change) {
        sent = change.seq();
        if (connection.viewer().acknowledges()) {
            unreceived.sent(now, sent);
        }
    }

    /**
     * Notes what the client has; false when that was never sent.
     *
     * @return whether the position makes sense; one of another epoch is late and means nothing
     */
    boolean received(Position position) {
        if (!(state instanceof State.Reading(var epoch)) || !position.epoch().equals(epoch)) {
            return true;
        }
        if (position.seq() > sent) {
            return false;
        }
        if (position.seq() > received) {
            received = position.seq();
            unreceived.received(received);
        }
        return true;
    }

    /** What the client has, as far as it said; null when that is nothing new to store. */
    @Nullable
    Position receipt(Position position) {
        return state instanceof State.Reading(var epoch) && position.epoch().equals(epoch) && position.seq() == received
                ? position
                : null;
    }

    boolean isUnreceived(long now, long millis) {
        return unreceived.longerThan(now, millis);
    }
}
