package dev.homeroom.metrics.core.stream;

import dev.homeroom.metrics.core.stream.Subscription.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who reads which classroom, and what each is told next. For any order of inputs, a client gets the changes of a classroom
 * one number after the other, or a gap and a snapshot where numbers cannot be had any more. Slow clients wait in their own
 * bounded queue and are closed; nobody waits for them. Not thread-safe: one thread hands in one input after the other.
 */
public final class Hub {
    private final Limits limits;
    private final World world;
    private final Lookups lookups;
    private final Reader reader;
    private final Map<Long, Connection> connections = new LinkedHashMap<>();
    private final Feeds feeds;

    /** An empty hub with these bounds. */
    public Hub(Limits limits, World world) {
        this.limits = limits;
        this.world = world;
        this.feeds = new Feeds(limits.recentPerClassroom(), limits.recentInAll());
        this.lookups = new Lookups(world, limits.lookups());
        this.reader = new Reader(world, lookups);
    }

    /**
     * Takes what happened.
     *
     * @param now in milliseconds since 1970; may stand still, and should not go back
     */
    public void handle(long now, Input input) {
        switch (input) {
            case Input.Opened(var id, var viewer) ->
                connections.put(id, new Connection(now, id, viewer, limits.queueFrames()));
            case Input.Closed(var id) -> forget(connections.get(id));
            case Input.Subscribe it -> frame(now, it.connection(), from -> subscribe(now, from, it));
            case Input.Resume it -> frame(now, it.connection(), from -> resume(now, from, it));
            case Input.Received it -> frame(now, it.connection(), from -> received(now, from, it));
            case Input.Unreadable it -> frame(now, it.connection(), from -> refuse(now, from, it.fault(), it.detail()));
            case Input.Written(var id) -> written(now, connections.get(id));
            case Input.Heard(var id) -> frame(now, id, _ -> {});
            case Input.Changed(var change) -> changed(now, change);
            case Input.Counted(var rollup) -> counted(rollup);
            case Input.ReceiptFound it -> located(now, it.connection(), it.classroom(), it.position());
            case Input.ReceiptFailed it -> notLocated(it.connection(), it.classroom());
            case Input.HistoryRead(var history) -> history(now, history);
            case Input.HistoryFailed(var classroom, var after) -> lookups.historyFailed(now, classroom, after);
            case Input.SnapshotRead(var snapshot) -> snapshot(now, snapshot);
            case Input.SnapshotFailed(var classroom) -> lookups.snapshotFailed(now, classroom);
            case Input.Tick() -> tick(now);
        }
    }

    /** How many clients are connected. */
    public int connections() {
        return connections.size();
    }

    private interface Frame {
        void from(Connection connection);
    }

    private void frame(long now, long id, Frame frame) {
        Connection connection = connections.get(id);
        if (connection != null) {
            connection.heard(now);
            frame.from(connection);
        }
    }

    private void subscribe(long now, Connection from, Input.Subscribe it) {
        if (!from.named(it.device())) {
            refuse(now, from, Outgoing.Fault.INVALID, "A connection is one device's.");
            return;
        }
        for (String classroom : it.classrooms()) {
            Subscription fresh = join(now, from, classroom);
            if (fresh != null) {
                reader.locate(fresh);
            }
        }
    }

    private void resume(long now, Connection from, Input.Resume it) {
        if (!from.named(it.device())) {
            refuse(now, from, Outgoing.Fault.INVALID, "A connection is one device's.");
            return;
        }
        Subscription fresh = join(now, from, it.classroom());
        if (fresh != null) {
            go(now, fresh, it.position());
        }
    }

    private void go(long now, Subscription it, @Nullable Position after) {
        if (after == null) {
            reader.start(now, it);
        } else {
            reader.resume(now, it, after);
        }
        Rollup latest = feeds.figures(it.classroom());
        if (latest != null) {
            it.connection().offer(latest);
        }
    }

    private @Nullable Subscription join(long now, Connection from, String classroom) {
        if (!connections.containsKey(from.id())) {
            return null;
        }
        if (!from.viewer().allows(classroom)) {
            refuse(now, from, Outgoing.Fault.FORBIDDEN, "The token does not name the classroom " + classroom + ".");
            return null;
        }
        Subscription before = from.subscriptions().get(classroom);
        if (before == null && from.subscriptions().size() >= limits.classrooms()) {
            refuse(
                    now,
                    from,
                    Outgoing.Fault.TOO_MANY,
                    "A connection has at most " + limits.classrooms() + " classrooms.");
            return null;
        }
        leave(before);
        Feed feed = feeds.open(classroom);
        Subscription fresh = new Subscription(from, feed);
        from.subscriptions().put(classroom, fresh);
        feed.readers().add(fresh);
        return fresh;
    }

    private void received(long now, Connection from, Input.Received it) {
        Subscription subscription = from.subscriptions().get(it.classroom());
        if (subscription == null) {
            refuse(now, from, Outgoing.Fault.INVALID, "There is no subscription to " + it.classroom() + ".");
            return;
        }
        if (!subscription.received(it.position())) {
            refuse(now, from, Outgoing.Fault.INVALID, "Number " + it.position().seq() + " was not sent yet.");
            return;
        }
        Position receipt = subscription.receipt(it.position());
        String device = from.device();
        if (receipt != null && device != null) {
            world.keepReceipt(from.viewer().subject(), device, it.classroom(), receipt);
        }
    }

    private void refuse(long now, Connection from, Outgoing.Fault fault, String detail) {
        reader.send(now, from, new Outgoing.Problem(fault, detail));
        if (from.strike() >= limits.strikes()) {
            end(from, Ending.BAD_FRAMES);
        }
    }

    private void written(long now, @Nullable Connection to) {
        if (to != null) {
            to.written();
            to.subscriptions().values().forEach(each -> reader.pump(now, each));
        }
    }

    private void changed(long now, Change change) {
        if (feeds.offer(change)) {
            Feed feed = feeds.find(change.classroom());
            if (feed != null) {
                feed.readers().forEach(each -> reader.pump(now, each));
            }
        }
    }

    private void counted(Rollup rollup) {
        feeds.count(rollup);
        Feed feed = feeds.find(rollup.classroom());
        if (feed != null) {
            feed.readers().forEach(each -> each.connection().offer(rollup));
        }
    }

    private void located(long now, long id, String classroom, @Nullable Position position) {
        Subscription it = subscription(id, classroom);
        if (it != null && it.state() instanceof State.Locating) {
            go(now, it, position);
        }
    }

    /** Without the stored position a snapshot is as good: it misses nothing. */
    private void notLocated(long id, String classroom) {
        Subscription it = subscription(id, classroom);
        if (it != null && it.state() instanceof State.Locating) {
            it.to(new State.Renewing(null));
        }
    }

    private @Nullable Subscription subscription(long id, String classroom) {
        Connection connection = connections.get(id);
        return connection == null ? null : connection.subscriptions().get(classroom);
    }

    private void history(long now, History history) {
        Feed feed = feeds.find(history.classroom());
        if (feed != null
                && (!feed.adopt(history.epoch(), lookups.isHistoryFresh(feed, history.after()))
                        || isNoHelp(history, feed))) {
            lookups.historyFailed(now, history.classroom(), history.after());
            return;
        }
        lookups.historyDone(history.classroom(), history.after());
        if (feed != null) {
            List.copyOf(feed.readers()).stream()
                    .filter(each -> each.awaits(history.after()))
                    .forEach(each -> reader.history(now, each, history));
        }
    }

    /** Whether there must be more than the answer has: asking again at once would only go round in circles. */
    private static boolean isNoHelp(History history, Feed feed) {
        return !history.gap()
                && history.items().isEmpty()
                && history.latest() >= history.after()
                && Math.max(history.latest(), feed.last()) > history.after();
    }

    private void snapshot(long now, Snapshot snapshot) {
        Feed feed = feeds.find(snapshot.classroom());
        if (feed != null && !feed.adopt(snapshot.epoch(), lookups.isSnapshotFresh(feed))) {
            lookups.snapshotFailed(now, snapshot.classroom());
            return;
        }
        lookups.snapshotDone(snapshot.classroom());
        if (feed != null) {
            List.copyOf(feed.readers()).forEach(each -> reader.snapshot(now, each, snapshot));
        }
    }

    private void tick(long now) {
        for (Connection each : List.copyOf(connections.values())) {
            Ending due = due(now, each);
            if (due == null) {
                each.subscriptions().values().forEach(it -> reader.retry(now, it));
                sendFigures(now, each);
            } else {
                end(each, due);
            }
        }
        lookups.tidy(now);
    }

    private void sendFigures(long now, Connection to) {
        for (Rollup next = to.hasRoom() ? to.nextFigures() : null;
                next != null;
                next = to.hasRoom() ? to.nextFigures() : null) {
            Subscription it = to.subscriptions().get(next.classroom());
            if (it != null && it.state() instanceof State.Reading) {
                reader.send(now, to, new Outgoing.Figures(next));
            }
        }
    }

    private @Nullable Ending due(long now, Connection each) {
        if (now >= each.viewer().expiresAt()) {
            return Ending.EXPIRED;
        }
        if (each.isFull(now, limits.fullMillis())) {
            return Ending.TOO_SLOW;
        }
        boolean unreceived =
                each.subscriptions().values().stream().anyMatch(it -> it.isUnreceived(now, limits.receiptMillis()));
        if (unreceived) {
            return Ending.UNRECEIVED;
        }
        boolean silent = each.viewer().acknowledges() && each.isSilent(now, limits.silenceMillis());
        return silent ? Ending.SILENT : null;
    }

    private void end(Connection connection, Ending why) {
        forget(connection);
        world.close(connection.id(), why);
    }

    private void forget(@Nullable Connection connection) {
        if (connection != null) {
            connections.remove(connection.id());
            connection.subscriptions().values().forEach(this::leave);
        }
    }

    private void leave(@Nullable Subscription subscription) {
        if (subscription != null) {
            subscription.feed().readers().remove(subscription);
            feeds.tidy(subscription.feed());
        }
    }
}
