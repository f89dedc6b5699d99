package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Cursor;

/** As the real one, while a replica leads: reads the backlog through the log, sends it, commits the cursor. */
final class Publisher {
    private static final int ROUND = 20;

    private final Replica replica;
    private final Broker broker;

    Publisher(Replica replica, Broker broker) {
        this.replica = replica;
        this.broker = broker;
    }

    void start(long term) {
        replica.after(replica.schedule().between(Schedule.MILLI, 300 * Schedule.MILLI), () -> {
            if (replica.leads() && replica.state().term() <= term) {
                look();
                start(term);
            }
        });
    }

    private void look() {
        if (replica.state().backlogSize() > 0 || replica.state().gap() != null) {
            replica.submit(new Command.ReadBacklog(Cursor.START, ROUND), answer -> {
                if (answer instanceof Answer.Backlog backlog) {
                    // How long the producer takes; it may still send when the replica leads no more.
                    replica.after(replica.schedule().between(0, 30 * Schedule.MILLI), () -> send(backlog));
                }
            });
        }
    }

    private void send(Answer.Backlog backlog) {
        Cursor last =
                backlog.changes().isEmpty() ? null : backlog.changes().getLast().at();
        if (last == null && backlog.gap() != null) {
            last = backlog.gap().to();
        }
        if (last != null && broker.take(replica, backlog)) {
            replica.submit(new Command.CommitCursor(last), unused -> {});
        }
    }
}
