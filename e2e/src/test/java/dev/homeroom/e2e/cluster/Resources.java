package dev.homeroom.e2e.cluster;

import java.util.Random;

/**
 * The locks and claims that a run is about. Two live from beginning to end; the others are left behind after a while, as
 * they are, which keeps their histories short and shows at the end whether their last holder is still known.
 */
final class Resources {
    private static final int CHANGES_OF_AN_ERA = 800;

    private final Ledger ledger;

    Resources(Ledger ledger) {
        this.ledger = ledger;
    }

    /** One of those in use now: {@code locks/…} or {@code claims/…}, which is its path, too. */
    String any(Random random) {
        long era = ledger.acknowledgements() / CHANGES_OF_AN_ERA;
        return switch (random.nextInt(4)) {
            case 0 -> "locks/always";
            case 1 -> "claims/always";
            case 2 -> "locks/era-" + era;
            default -> "claims/era-" + era;
        };
    }
}
