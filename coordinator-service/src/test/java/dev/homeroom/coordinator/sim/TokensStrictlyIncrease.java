package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Change;

/** Every grant has a token above that of every grant before it (R-L1). */
final class TokensStrictlyIncrease extends Invariant {
    private long last;

    @Override
    void change(Step step, Change change, Chart chart) {
        if (change instanceof Change.OfGrant grant && grant.reason() == null) {
            must(grant.token() > last, grant + " comes after token " + last);
            last = grant.token();
        }
    }
}
