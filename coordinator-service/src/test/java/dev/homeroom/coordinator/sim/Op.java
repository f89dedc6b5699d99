package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import java.util.function.IntFunction;

/** Something a client wants: sent again, with the same seq, until it is answered. */
final class Op {
    private final long seq;
    private final IntFunction<Command> command;
    private final Done done;
    private int submissions;
    private int attached;
    private boolean over;

    /** What to do with the answer. */
    @FunctionalInterface
    interface Done {
        /** Answered to what was sent at this time of the client's monotonic clock. */
        void answered(Command command, Answer answer, long sentAt);
    }

    /** {@code command} makes each submission from its number; {@code seq} 0: without. */
    Op(long seq, IntFunction<Command> command, Done done) {
        this.seq = seq;
        this.command = command;
        this.done = done;
    }

    long seq() {
        return seq;
    }

    Command submission() {
        return command.apply(submissions++);
    }

    int submissions() {
        return submissions;
    }

    /** The coordinator says that this submission waits in a queue. */
    void attach(int submission) {
        attached = submission;
    }

    boolean waits() {
        return attached == submissions;
    }

    boolean over() {
        return over;
    }

    void end() {
        over = true;
    }

    void answered(Command to, Answer answer, long sentAt) {
        done.answered(to, answer, sentAt);
    }

    @Override
    public String toString() {
        return "seq " + seq + ", submission " + submissions;
    }
}
