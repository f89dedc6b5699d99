package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.coordinator.core.Terms;

/** What acquiring one and acquiring several have in common. */
final class Acquisitions {
    private Acquisitions() {}

    /** Whether it is an acquire. */
    static boolean is(Command command) {
        return command instanceof Command.Acquire || command instanceof Command.AcquireAll;
    }

    static Terms terms(Command.OfSession acquire) {
        return switch (acquire) {
            case Command.Acquire one -> one.terms();
            case Command.AcquireAll several -> several.terms();
            default -> throw new IllegalArgumentException("not an acquire: " + acquire);
        };
    }

    static Kind kind(Command.OfSession acquire) {
        return switch (acquire) {
            case Command.Acquire one -> one.kind();
            case Command.AcquireAll several
            when !several.resources().isEmpty() ->
                several.resources().getFirst().kind();
            default -> Kind.LOCK;
        };
    }

    /** The command as it is submitted now. */
    static Command submission(Command.OfSession acquire, long waitMillis, boolean lastTry, String attachment) {
        Terms terms = terms(acquire);
        Terms now = new Terms(
                terms.strategy(),
                waitMillis,
                lastTry,
                attachment,
                terms.lockDelayMillis(),
                terms.metadata(),
                terms.by(),
                terms.why());
        return switch (acquire) {
            case Command.Acquire one ->
                new Command.Acquire(
                        one.session(),
                        one.incarnation(),
                        one.request(),
                        one.kind(),
                        one.name(),
                        one.holder(),
                        one.ttlMillis(),
                        now);
            case Command.AcquireAll several ->
                new Command.AcquireAll(
                        several.session(),
                        several.incarnation(),
                        several.request(),
                        several.resources(),
                        several.holder(),
                        several.ttlMillis(),
                        now);
            default -> throw new IllegalArgumentException("not an acquire: " + acquire);
        };
    }

    static DeskMeter.Outcome outcome(Answer answer) {
        if (!(answer instanceof Answer.Rejected rejected)) {
            return DeskMeter.Outcome.GRANTED;
        }
        Rejection.Reason reason = rejected.rejection().reason();
        return switch (reason) {
            case HELD -> DeskMeter.Outcome.CONFLICT;
            case DEADLOCK -> DeskMeter.Outcome.DEADLOCK;
            default -> DeskMeter.Outcome.REJECTED;
        };
    }
}
