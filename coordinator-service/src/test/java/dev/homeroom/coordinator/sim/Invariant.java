package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Applied;
import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Gap;
import dev.homeroom.coordinator.core.Published;

/** Something that always holds, named by its class. It is shown everything and breaks the run when it does not hold. */
abstract class Invariant {
    /** A change, before the chart has it. */
    void change(Step step, Change change, Chart chart) {}

    /** A batch, applied for the first time; the chart has it. */
    void step(Step step, Chart chart) {}

    /** The same batch on another replica, or on the same after a restart. */
    void again(Replica replica, Step first, Applied applied) {}

    /** A state as bytes, own or installed. */
    void snapshot(Replica replica, long index, byte[] bytes) {}

    /** A client was answered to what it sent at {@code sentAt} (true time). */
    void answered(Client client, Command command, Answer answer, long sentAt, Chart chart) {}

    /** A holder begins to use a resource. */
    void uses(Client client, Holding holding, Chart chart) {}

    /** A write that the resource accepted. */
    void accepted(Message.Write write, Chart chart) {}

    /** A change has reached Kafka. */
    void published(Published published) {}

    /** A gap has reached Kafka. */
    void gap(Gap gap) {}

    /** All faults are over, and everybody had time to finish. */
    void over(Simulation simulation, Chart chart) {}

    final void must(boolean holds, String detail) {
        if (!holds) {
            throw new Broken(getClass().getSimpleName(), detail);
        }
    }
}
