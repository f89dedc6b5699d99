package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.WaitEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The clients of this replica that wait for a resource, in the queue of the replicated state or between tries. The end of
 * a queued wait is applied on every replica, so it is found here whoever leads. It may be applied before the answer that
 * names the ticket has come back: ends that nobody waits for yet are kept while answers are under way. Bounded.
 * Thread-safe; never answers on the thread that reports an end.
 */
final class Waits {
    /** Ends kept for answers that are under way; a wait whose end was dropped asks again by itself. */
    private static final int EARLY = 4_096;
    /** After a state was installed from elsewhere, all ask again within this time. */
    private static final long SPREAD_MILLIS = 500;

    private final Function<Command, CompletionStage<Answer>> tell;
    private final Alarms alarms;
    private final Executor handing;
    private final DeskMeter meter;
    private final String nonce;
    private final AtomicLong attachments = new AtomicLong();
    private final int most;
    private final AtomicInteger count = new AtomicInteger();

    private final Object lock = new Object();
    private final Map<Long, List<Wait>> parked = new HashMap<>();
    private final Map<Long, Answer> early = new LinkedHashMap<>();
    private final Set<Wait> all = new LinkedHashSet<>();
    private int asking;

    /**
     * Nobody waits yet.
     *
     * @param tell how a wait that ends early is told
     * @param handing where answers are handed out; must not run them on the caller's thread
     * @param nonce makes attachments of this process differ from those of all others
     * @param most how many may wait at once
     */
    Waits(
            Function<Command, CompletionStage<Answer>> tell,
            Alarms alarms,
            Executor handing,
            DeskMeter meter,
            String nonce,
            int most) {
        this.tell = tell;
        this.alarms = alarms;
        this.handing = handing;
        this.meter = meter;
        this.nonce = nonce;
        this.most = most;
    }

    /** Asks for it by {@code submit} and waits as its terms say; {@code patience} null: in the queue. */
    Pending begin(
            Function<Command, CompletionStage<Answer>> submit, Command.OfSession acquire, @Nullable Patience patience) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return Pending.failed(
                    new Unanswered(Unanswered.Reason.OVERLOADED, most + " requests wait at this replica already"));
        }
        String attachment = nonce + attachments.incrementAndGet();
        Wait wait = new Wait(this, submit, acquire, attachment, patience);
        synchronized (lock) {
            all.add(wait);
        }
        wait.ask();
        return wait;
    }

    /** The replica has applied the end of a wait. Short. */
    void ended(WaitEnd end) {
        List<Wait> waiting;
        synchronized (lock) {
            waiting = parked.remove(end.ticket());
            if (waiting == null && asking > 0) {
                early.put(end.ticket(), end.answer());
                if (early.size() > EARLY) {
                    early.remove(early.keySet().iterator().next());
                }
            }
        }
        if (waiting != null) {
            handing.execute(() -> waiting.forEach(wait -> wait.finish(end.answer())));
        }
    }

    /** The replica got a state from elsewhere and knows no ends that lie before it: whoever waits asks again. */
    void resynced() {
        List<Wait> waiting;
        synchronized (lock) {
            waiting = new ArrayList<>(all);
        }
        for (int i = 0; i < waiting.size(); i++) {
            Wait wait = waiting.get(i);
            alarms.after(SPREAD_MILLIS * i / waiting.size(), wait::again);
        }
    }

    /** How many wait. */
    int waiting() {
        return count.get();
    }

    /** How many traces are left of waits that have ended; always 0 when nobody waits. */
    int leftovers() {
        synchronized (lock) {
            return parked.size() + early.size() + all.size() + asking;
        }
    }

    Alarms alarms() {
        return alarms;
    }

    DeskMeter meter() {
        return meter;
    }

    /** A wait submits; {@link #answered()} must follow once its answer has been looked at. */
    void asking() {
        synchronized (lock) {
            asking++;
        }
    }

    void answered() {
        synchronized (lock) {
            if (--asking == 0) {
                early.clear();
            }
        }
    }

    /** Submits what no wait depends on. */
    CompletionStage<Answer> tell(Command command) {
        return tell.apply(command);
    }

    /** Waits for the end of a ticket; the answer, when it has ended already. */
    @Nullable
    Answer park(long ticket, Wait wait) {
        synchronized (lock) {
            Answer answer = early.remove(ticket);
            if (answer == null) {
                parked.computeIfAbsent(ticket, key -> new ArrayList<>(1)).add(wait);
            }
            return answer;
        }
    }

    /** Does not wait for it any more. */
    void unpark(long ticket, Wait wait) {
        synchronized (lock) {
            List<Wait> waiting = parked.get(ticket);
            if (waiting != null && waiting.remove(wait) && waiting.isEmpty()) {
                parked.remove(ticket);
            }
        }
    }

    /** A wait is over. */
    void over(Wait wait) {
        synchronized (lock) {
            all.remove(wait);
        }
        count.decrementAndGet();
    }
}
