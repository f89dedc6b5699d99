package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;

/** A tick of a leader whose term is over has no effect, even if it comes through the log of the next (R-S4). */
final class StaleTermsExpireNothing extends Invariant {
    @Override
    void step(Step step, Chart chart) {
        for (int i = 0; i < step.batch().commands().size(); i++) {
            if (step.batch().commands().get(i) instanceof Command.Expire expire
                    && expire.term() != step.batch().term()) {
                Answer answer = step.applied().answers().get(i);
                must(
                        answer instanceof Answer.Rejected,
                        expire + " in term " + step.batch().term() + ": " + answer);
            }
        }
    }
}
