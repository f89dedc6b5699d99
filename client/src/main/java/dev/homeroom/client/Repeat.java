package dev.homeroom.client;

import dev.homeroom.client.time.Backoff;
import dev.homeroom.client.time.Time;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Sends a request again while it is unknown what became of it, or while the coordinator says "not now". Only for requests
 * that the coordinator recognises: by {@code seq}, by instance, or because they only read.
 *
 * @param backoff the pauses and how many
 * @param over ends the repeating: there is no use in it any more
 */
public record Repeat(Time time, Backoff backoff, CountDownLatch over) {
    /** One sending. */
    @FunctionalInterface
    public interface Attempt {
        /** Sends. */
        Reply send() throws InterruptedException;
    }

    /** With a signal that never comes. */
    public Repeat(Time time, Backoff backoff) {
        this(time, backoff, new CountDownLatch(1));
    }

    /**
     * The first answer that settles it.
     *
     * @throws ProblemException a refusal, or the last "not now"
     * @throws NoAnswerException when no try got an answer
     */
    public Reply until(Attempt attempt) throws InterruptedException {
        for (int retry = 1; ; retry++) {
            Duration pause = backoff.pause(retry);
            try {
                return attempt.send();
            } catch (ProblemException e) {
                Long wanted = e.problem().retryAfterMs();
                Duration longer = wanted == null ? pause : max(pause, Duration.ofMillis(wanted));
                if (!e.isRepeatable() || isEnough(retry, longer)) {
                    throw e;
                }
            } catch (NoAnswerException e) {
                if (isEnough(retry, pause)) {
                    throw e;
                }
            }
        }
    }

    private boolean isEnough(int retry, Duration pause) throws InterruptedException {
        return !backoff.allows(retry) || time.await(over, pause);
    }

    /** The server's wish counts, but not without bound. */
    private Duration max(Duration pause, Duration wanted) {
        Duration bounded = wanted.compareTo(backoff.longest()) > 0 ? backoff.longest() : wanted;
        return bounded.compareTo(pause) > 0 ? bounded : pause;
    }
}
