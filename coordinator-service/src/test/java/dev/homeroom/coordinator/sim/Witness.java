package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Applied;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Gap;
import dev.homeroom.coordinator.core.Published;
import dev.homeroom.coordinator.core.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sees everything, keeps the chart, and asks the invariants. */
final class Witness {
    private final Schedule schedule;
    private final Chart chart = new Chart();
    private final List<Invariant> invariants;
    private final Reached reached = new Reached();
    private final Map<Long, Step> steps = new HashMap<>();
    private Cursor seen = Cursor.START;
    private long lastIndex;

    Witness(Schedule schedule, List<Invariant> invariants) {
        this.schedule = schedule;
        this.invariants = invariants;
    }

    Reached reached() {
        return reached;
    }

    long lastIndex() {
        return lastIndex;
    }

    void applied(Replica replica, Entry entry, Batch batch, Applied applied, State state) {
        Step first = steps.get(entry.index());
        if (first != null) {
            invariants.forEach(each -> each.again(replica, first, applied));
            return;
        }
        lastIndex = entry.index();
        schedule.note(replica, new Note.Applies(entry.index(), applied));
        List<Published> changes = state.backlog(seen, Integer.MAX_VALUE);
        Step step = new Step(entry, batch, applied, state, changes);
        steps.put(entry.index(), step);
        chart.begin(step);
        applied.answers().forEach(reached::note);
        for (Published published : changes) {
            invariants.forEach(each -> each.change(step, published.change(), chart));
            chart.take(published.change());
            reached.note(published.change());
            seen = published.at();
        }
        invariants.forEach(each -> each.step(step, chart));
    }

    void snapshot(Replica replica, long index, byte[] bytes) {
        reached.note("snapshot");
        invariants.forEach(each -> each.snapshot(replica, index, bytes));
    }

    void answered(Client client, Command command, Answer answer, long sentAt) {
        schedule.note(client, new Note.Answered(command, answer));
        invariants.forEach(each -> each.answered(client, command, answer, sentAt, chart));
    }

    void uses(Client client, Holding holding) {
        invariants.forEach(each -> each.uses(client, holding, chart));
    }

    void accepted(Message.Write write) {
        invariants.forEach(each -> each.accepted(write, chart));
    }

    void published(Replica from, Published published) {
        invariants.forEach(each -> each.published(published));
    }

    void gap(Gap gap) {
        reached.note("gap");
        invariants.forEach(each -> each.gap(gap));
    }

    void over(Simulation simulation) {
        invariants.forEach(each -> each.over(simulation, chart));
    }
}
