package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Published;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream of changes: what it has not taken yet, at most {@link #MOST} events; over it the stream is over.
 * Thread-safe.
 */
public final class Watch {
    /** More than the whole trail, so that a client which begins at its end can take it at its own pace. */
    static final int MOST = 12_000;

    private final Watches watches;
    private final Interest interest;
    private final Runnable readable;
    private final Deque<WatchEvent> waiting = new ArrayDeque<>();
    private @Nullable Cursor after;
    private boolean begun;
    private boolean overrun;
    private boolean closed;

    Watch(Watches watches, Interest interest, @Nullable Cursor after, Runnable readable) {
        this.watches = watches;
        this.interest = interest;
        this.after = after;
        this.readable = readable;
    }

    /** The next event; null when there is none now. */
    public synchronized @Nullable WatchEvent poll() {
        return waiting.poll();
    }

    /** Whether the client took its events too slowly: nothing follows any more. */
    public synchronized boolean overrun() {
        return overrun;
    }

    /** The client has gone away. */
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        watches.left(this);
    }

    /** Only for the thread of {@link Watches}: whether it was told where it begins. */
    boolean begun() {
        return begun;
    }

    /** Only for the thread of {@link Watches}: where the client stands; null before it has begun. */
    @Nullable
    Cursor after() {
        return after;
    }

    /** Begins here; it goes on after the place it gave, if it gave one. */
    void begin(Cursor at) {
        begun = true;
        tell(List.of(new WatchEvent.Begun(at)));
        after = at;
    }

    /** Changes between the client's place and the oldest that is kept are gone. */
    void missed(Cursor resume) {
        tell(List.of(new WatchEvent.Missed(resume)));
    }

    /** Tells what it wants of changes after its place, oldest first. */
    void changes(List<Published> changes) {
        Cursor place = after;
        List<WatchEvent> wanted = changes.stream()
                .filter(one -> place == null || one.at().compareTo(place) > 0)
                .filter(one -> interest.wants(one.change()))
                .<WatchEvent>map(WatchEvent.Changed::new)
                .toList();
        if (!changes.isEmpty()) {
            after = changes.getLast().at();
        }
        tell(wanted);
    }

    private void tell(List<WatchEvent> events) {
        synchronized (this) {
            if (closed || overrun || events.isEmpty()) {
                return;
            }
            if (waiting.size() + events.size() > MOST) {
                overrun = true;
            } else {
                waiting.addAll(events);
            }
        }
        readable.run();
    }
}
