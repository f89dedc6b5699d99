package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Applied;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.WaitEnd;
import dev.homeroom.coordinator.raft.LeaderTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a leader does beside the consensus, as the real batcher does it: gathers commands into batches, stamps them,
 * ticks, hands out answers. Exists for one life of a replica.
 */
final class Desk {
    private static final long TICK = 500 * Schedule.MILLI;
    private static final int IN_FLIGHT = 4;
    private static final int QUEUE = 200;

    private final Replica replica;
    private final LeaderTime time;
    private final List<Queued> queue = new ArrayList<>();
    private final Map<Long, List<Queued>> flights = new HashMap<>();
    private final Map<Long, Queued> waits = new HashMap<>();
    private long term;
    private boolean flushing;

    private record Queued(Command command, Consumer<@Nullable Answer> answer) {}

    Desk(Replica replica) {
        this.replica = replica;
        this.time = new LeaderTime(replica.clock()::nanoTime, replica.clock()::wallMillis);
    }

    /** This replica leads. A late tick of the term before may come along. */
    void lead(long newTerm) {
        term = newTerm;
        submit(new Command.Configure(Simulation.SETTINGS), unused -> {});
        submit(new Command.Once("k1", new Command.SetLimit("k1", 1)), unused -> {});
        int permits = 1 + (int) (newTerm % 3);
        submit(new Command.Once("two " + newTerm, new Command.SetLimit("two", permits)), unused -> {});
        if (replica.schedule().oneIn(2)) {
            submit(new Command.Expire(newTerm - 1, Bounds.EXPIRE), unused -> {});
        }
        tick(newTerm);
    }

    /** It does not: whoever waits here must ask elsewhere. */
    void follow() {
        term = 0;
        List<Queued> gone = new ArrayList<>(queue);
        flights.keySet().stream().sorted().forEach(index -> gone.addAll(flights.getOrDefault(index, List.of())));
        waits.keySet().stream().sorted().map(waits::get).forEach(gone::add);
        queue.clear();
        flights.clear();
        waits.clear();
        gone.forEach(queued -> queued.answer().accept(null));
    }

    private void tick(long ticking) {
        if (term == ticking) {
            submit(new Command.Expire(term, Bounds.EXPIRE), unused -> {});
            // Sometimes late, as in a process that is short of time.
            long late = replica.schedule().oneIn(4) ? replica.schedule().between(0, 1_000 * Schedule.MILLI) : 0;
            replica.after(TICK + late, () -> tick(ticking));
        }
    }

    /** Takes a command; the answer is null when nobody knows what became of it. */
    void submit(Command command, Consumer<@Nullable Answer> answer) {
        if (term == 0 || queue.size() == QUEUE) {
            answer.accept(null);
            return;
        }
        queue.add(new Queued(command, answer));
        flushSoon();
    }

    private void flushSoon() {
        if (!flushing && flights.size() < IN_FLIGHT && !queue.isEmpty()) {
            flushing = true;
            replica.after(replica.schedule().between(0, 2 * Schedule.MILLI), this::flush);
        }
    }

    private void flush() {
        flushing = false;
        if (term == 0 || queue.isEmpty()) {
            return;
        }
        List<Queued> taken = List.copyOf(queue);
        queue.clear();
        Batch batch = time.batch(term, taken.stream().map(Queued::command).toList());
        Entry entry = replica.append(batch);
        flights.put(entry.index(), taken);
        replica.schedule().note(replica, new Note.Appends(entry.index(), batch));
        flushSoon();
    }

    /** A batch was applied here, perhaps one of this desk. */
    void applied(long index, Applied applied) {
        List<Queued> flight = flights.remove(index);
        if (flight != null) {
            for (int i = 0; i < flight.size(); i++) {
                answer(flight.get(i), applied.answers().get(i));
            }
        }
        for (WaitEnd end : applied.waitEnds()) {
            Queued waiting = waits.remove(end.ticket());
            if (waiting != null) {
                waiting.answer().accept(end.answer());
            }
        }
        flushSoon();
    }

    private void answer(Queued queued, Answer answer) {
        if (answer instanceof Answer.Waiting waiting) {
            waits.put(waiting.ticket(), queued);
        }
        queued.answer().accept(answer);
    }
}
