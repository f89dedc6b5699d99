package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.WaitEnd;
import java.util.Map;
import java.util.TreeMap;

/** A wait ends once: with a grant, with its session, or soon after its time is over (R-L2). */
final class WaitsEndInTime extends Invariant {
    /** A late tick, and the time it takes to commit. */
    private static final long LATE = 2_500 * Schedule.MILLI;

    private final Map<Long, Wait> waiting = new TreeMap<>();

    private record Wait(String session, long incarnation, long deadlineLed) {}

    @Override
    void step(Step step, Chart chart) {
        for (int i = 0; i < step.batch().commands().size(); i++) {
            if (step.applied().answers().get(i) instanceof Answer.Waiting wait
                    && step.batch().commands().get(i) instanceof Command.OfSession own) {
                long deadline = chart.led() + wait.remainingMillis() * Schedule.MILLI;
                waiting.putIfAbsent(wait.ticket(), new Wait(own.session(), own.incarnation(), deadline));
            }
        }
        for (WaitEnd end : step.applied().waitEnds()) {
            must(waiting.remove(end.ticket()) != null, end + " ended what does not wait");
        }
        waiting.forEach((ticket, wait) -> {
            Chart.Life life = chart.life(wait.session());
            must(life != null && life.incarnation() == wait.incarnation(), ticket + " outlives its session: " + wait);
            must(chart.led() < wait.deadlineLed() + LATE, ticket + " still waits at " + chart.led() + ": " + wait);
        });
    }

    @Override
    void over(Simulation simulation, Chart chart) {
        must(waiting.isEmpty(), "these wait though nobody asks any more: " + waiting);
    }
}
