package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Rejection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client that waits. It asks, and then either is parked under the ticket that it got, or pauses before the next try.
 * A parked one asks again from time to time under the same attachment, should the end of its wait have been missed.
 */
final class Wait implements Pending {
    /** How often a parked wait asks again: an end is missed only after a state was installed from elsewhere. */
    static final long AGAIN_MILLIS = 5_000;
    /** How long after its time a wait's end may take: the replicated clock moves at least every 500 ms. */
    static final long END_MILLIS = 1_500;
    /** How soon after no answer. */
    static final long RETRY_MILLIS = 500;
    /** How much longer than the replicated time says a wait may take by the clock of this machine. */
    static final long SLACK_MILLIS = 10_000;
    /** How often a cancel without an answer is sent; after that the wait ends by its own time limit. */
    private static final int CANCELS = 4;

    /** Tickets count from 1. */
    private static final long NONE = 0;

    private final Waits waits;
    private final Function<Command, CompletionStage<Answer>> submit;
    private final Command.OfSession acquire;
    private final String attachment;
    private final @Nullable Patience patience;
    private final long began;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    private long ticket = NONE;
    private int retries;
    private boolean asked;
    private boolean over;
    private boolean queued;
    private Alarms.@Nullable Alarm alarm;

    Wait(
            Waits waits,
            Function<Command, CompletionStage<Answer>> submit,
            Command.OfSession acquire,
            String attachment,
            @Nullable Patience patience) {
        this.waits = waits;
        this.submit = submit;
        this.acquire = acquire;
        this.attachment = attachment;
        this.patience = patience;
        this.began = waits.alarms().millis();
    }

    @Override
    public CompletionStage<Answer> answer() {
        return answer;
    }

    /** Submits the request, with what is left of its wait. */
    void ask() {
        synchronized (this) {
            if (over || asked) {
                return;
            }
            asked = true;
            disarm();
        }
        boolean last = patience == null || retries == patience.maxRetries();
        Command command = Acquisitions.submission(acquire, left(), last, attachment);
        waits.asking();
        CompletionStage<Answer> stage;
        try {
            stage = submit.apply(command);
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        var unused = stage.whenComplete((given, failure) -> {
            try {
                answered(given, failure);
            } finally {
                waits.answered();
            }
        });
    }

    /** Asks again, unless it is asking. */
    void again() {
        ask();
    }

    private void answered(@Nullable Answer given, @Nullable Throwable failure) {
        Answer end = null;
        Throwable lost = null;
        long stillOpen = NONE;
        synchronized (this) {
            asked = false;
            if (over) {
                if (given instanceof Answer.Waiting waiting) {
                    cancel(waiting.ticket(), CANCELS);
                }
                return;
            }
            if (given instanceof Answer.Waiting waiting) {
                end = queue(waiting.ticket());
            } else if (given != null && triesAgain(given)) {
                pause();
            } else if (given != null) {
                end = given;
                stillOpen = given instanceof Answer.Rejected ? ticket : NONE;
            } else if (!goesOn(failure)) {
                lost = failure;
            }
        }
        if (end != null) {
            finish(end);
            if (stillOpen != NONE) {
                // Refused while it may still be queued: nobody would take what it gets.
                cancel(stillOpen, CANCELS);
            }
        } else if (lost != null) {
            fail(lost instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : lost);
        }
    }

    /** Parks under the ticket; the answer, when the wait has ended already. */
    private @Nullable Answer queue(long given) {
        queued = true;
        if (ticket != given) {
            if (ticket != NONE) {
                waits.unpark(ticket, this);
            }
            Answer early = waits.park(given, this);
            if (early != null) {
                ticket = NONE;
                return early;
            }
            ticket = given;
        }
        arm(Math.min(AGAIN_MILLIS, left() + END_MILLIS));
        return null;
    }

    private boolean triesAgain(Answer given) {
        return patience != null
                && retries < patience.maxRetries()
                && given instanceof Answer.Rejected rejected
                && rejected.rejection().reason() == Rejection.Reason.HELD;
    }

    private void pause() {
        retries++;
        waits.meter().retried();
        arm(patience == null ? RETRY_MILLIS : patience.backoff(retries));
    }

    /** Without an answer: a wait in the queue, or between tries, goes on until its time is over. */
    private boolean goesOn(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (!(cause instanceof Unanswered unanswered) || unanswered.reason() == Unanswered.Reason.TOO_LARGE) {
            return false;
        }
        if (patience != null) {
            boolean more = retries > 0 && retries < patience.maxRetries();
            if (more) {
                pause();
            }
            return more;
        }
        if (!queued || elapsed() > waitMillis() + SLACK_MILLIS) {
            return false;
        }
        arm(RETRY_MILLIS);
        return true;
    }

    private void arm(long millis) {
        disarm();
        alarm = waits.alarms().after(millis, this::again);
    }

    private void disarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private long elapsed() {
        return waits.alarms().millis() - began;
    }

    private long waitMillis() {
        return Acquisitions.terms(acquire).waitMillis();
    }

    /** What is left of the wait; 0: it is asked for the last time, without queueing anew. */
    private long left() {
        return Math.max(0, waitMillis() - elapsed());
    }

    /** It has ended so. */
    void finish(Answer end) {
        if (close()) {
            measure(Acquisitions.outcome(end));
            answer.complete(end);
        }
    }

    private void fail(Throwable failure) {
        if (close()) {
            measure(DeskMeter.Outcome.UNANSWERED);
            answer.completeExceptionally(failure);
        }
    }

    @Override
    public void abandon() {
        long open;
        synchronized (this) {
            open = ticket;
        }
        if (close()) {
            measure(DeskMeter.Outcome.ABANDONED);
            if (open != NONE) {
                cancel(open, CANCELS);
            }
            answer.completeExceptionally(new Unanswered(Unanswered.Reason.INDETERMINATE, "the client went away"));
        }
    }

    /** Whether it was open until now. */
    private boolean close() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            disarm();
            if (ticket != NONE) {
                waits.unpark(ticket, this);
            }
        }
        waits.over(this);
        return true;
    }

    private void measure(DeskMeter.Outcome outcome) {
        if (queued || retries > 0) {
            waits.meter().waited(outcome, elapsed());
        }
    }

    private void cancel(long open, int tries) {
        var unused = waits.tell(new Command.CancelWait(acquire.session(), acquire.incarnation(), open, attachment))
                .exceptionally(failure -> {
                    if (tries > 1) {
                        waits.alarms().after(RETRY_MILLIS, () -> cancel(open, tries - 1));
                    }
                    return new Answer.WaitCancelled(false);
                });
    }
}
