package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.EndReason;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.core.WaitEnd;
import java.util.HashMap;
import java.util.Map;

/** A lock whose holder went without giving it back rests for the delay the holder asked for, unless it is forced (R-L2). */
final class NoGrantInLockDelay extends Invariant {
    private final Map<Long, Long> delays = new HashMap<>();
    private final Map<Long, Long> ofTickets = new HashMap<>();
    private final Map<String, Long> restsUntilLed = new HashMap<>();

    @Override
    void change(Step step, Change change, Chart chart) {
        if (!(change instanceof Change.OfGrant grant) || grant.kind() != Kind.LOCK) {
            return;
        }
        EndReason reason = grant.reason();
        if (reason == null) {
            Long until = restsUntilLed.remove(grant.name());
            must(
                    until == null
                            || chart.led() >= until * (1 - 2 * Clock.DRIFT) - 2 * Schedule.MILLI
                            || forced(step, grant),
                    grant + " was given in a delay until " + until + ", led " + chart.led());
        } else if (reason != EndReason.RELEASED && reason != EndReason.SESSION_RELEASED && reason != EndReason.STOLEN) {
            Long delay = delays.get(grant.token());
            if (delay != null && delay > 0) {
                restsUntilLed.put(grant.name(), chart.led() + delay);
            }
        }
    }

    private static boolean forced(Step step, Change.OfGrant grant) {
        return step.batch().commands().stream()
                .anyMatch(command -> command instanceof Command.Acquire acquire
                        && acquire.terms().strategy() == Strategy.FORCE_ACQUIRE
                        && acquire.name().equals(grant.name()));
    }

    @Override
    void step(Step step, Chart chart) {
        Map<Long, Long> ofWaiters = new HashMap<>();
        for (WaitEnd end : step.applied().waitEnds()) {
            granted(ofWaiters, end.answer(), ofTickets.getOrDefault(end.ticket(), 0L));
        }
        for (int i = 0; i < step.batch().commands().size(); i++) {
            long delay = delay(step.batch().commands().get(i));
            Answer answer = step.applied().answers().get(i);
            if (answer instanceof Answer.Waiting waiting) {
                ofTickets.putIfAbsent(waiting.ticket(), delay);
            } else if (delay >= 0) {
                // A grant that both a command and a waiter were answered in one batch may have been made for either.
                granted(delays, answer, delay);
                ofWaiters.replaceAll((token, given) -> delays.containsKey(token) ? 0L : given);
            }
        }
        ofWaiters.forEach((token, given) -> delays.merge(token, given, Math::min));
    }

    /** The delay that an acquisition asks for; -1: it is none. */
    private static long delay(Command command) {
        return switch (command) {
            case Command.Acquire acquire -> acquire.terms().lockDelayMillis() * Schedule.MILLI;
            case Command.AcquireAll acquire -> acquire.terms().lockDelayMillis() * Schedule.MILLI;
            default -> -1;
        };
    }

    private static void granted(Map<Long, Long> delays, Answer answer, long delay) {
        switch (answer) {
            case Answer.Granted granted -> delays.putIfAbsent(granted.grant().token(), delay);
            case Answer.GrantedAll granted ->
                granted.grants().forEach(grant -> delays.putIfAbsent(grant.token(), delay));
            default -> {}
        }
    }
}
