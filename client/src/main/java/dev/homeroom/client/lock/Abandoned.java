package dev.homeroom.client.lock;

import dev.homeroom.client.NoAnswerException;
import dev.homeroom.client.ProblemException;
import dev.homeroom.client.session.Sequencer;
import dev.homeroom.client.time.Backoff;
import java.time.Duration;

/**
 * Acquires whose caller went away before the outcome was known: interrupted, or without an answer after every repeat. The
 * coordinator may have granted them, or may yet. So their number stays open while they are asked for again, without waiting,
 * and what they got is given back. It ends with an answer, with the session, or after the retries of the backoff: then the
 * grant ends by its deadline.
 */
final class Abandoned {
    private final Grants grants;
    private final Backoff backoff;

    Abandoned(Grants grants, Backoff backoff) {
        this.grants = grants;
        this.backoff = backoff;
    }

    void settle(Grants.Target target, AcquireOptions options, Sequencer.Turn turn) {
        later(target, options, turn, 1);
    }

    private void later(Grants.Target target, AcquireOptions options, Sequencer.Turn turn, int retry) {
        if (!backoff.allows(retry) || grants.isSessionLost()) {
            turn.close();
            return;
        }
        var unused = grants.time().after(backoff.pause(retry), () -> {
            try {
                if (!isSettled(target, options, turn)) {
                    later(target, options, turn, retry + 1);
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            turn.close();
        });
    }

    private boolean isSettled(Grants.Target target, AcquireOptions options, Sequencer.Turn turn)
            throws InterruptedException {
        try {
            for (GrantState grant : Grants.granted(grants.sendAcquire(target, options, turn, Duration.ZERO))) {
                grants.release(target.kind(), grant.name(), grant.token());
            }
            return true;
        } catch (ProblemException e) {
            return !e.isRepeatable();
        } catch (NoAnswerException e) {
            return false;
        }
    }
}
