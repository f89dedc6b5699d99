package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import org.jspecify.annotations.Nullable;

/** Token buckets: setting, consuming and refunding (requirement R-L6). */
final class RateDecisions {
    private final State state;

    RateDecisions(State state) {
        this.state = state;
    }

    Decision set(Command.SetRate set) {
        String wrong = Checks.first(
                Checks.name("key", set.key()),
                Checks.amount("perSecond", set.perSecond()),
                Checks.amount("burst", set.burst()));
        if (wrong == null && set.burst() == 0 && set.perSecond() > 0) {
            wrong = "burst must be above 0: a bucket that holds nothing never gives anything";
        }
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Bucket present = state.rates.get(set.key());
        if (set.burst() == 0) {
            Answer none = LimitReads.limit(state, set.key(), null);
            return present == null ? Decision.of(none) : Decision.of(new Event.RateRemoved(set.key()), none);
        }
        if (present == null && state.rates.size() >= Bounds.LIMITS) {
            return Decision.reject(Reason.TOO_MANY, "at most " + Bounds.LIMITS + " rates may exist");
        }
        long now = state.head.nanos();
        Bucket next = present == null
                ? new Bucket(set.key(), set.perSecond(), set.burst(), set.burst(), now)
                : present.with(set.perSecond(), set.burst(), now);
        return Decision.of(new Event.BucketChanged(next), LimitReads.limit(state, set.key(), next));
    }

    Decision consume(Session session, Command.Consume consume) {
        Rejection refusal = check(session, consume.key(), consume.amount());
        if (refusal != null) {
            return Decision.reject(refusal);
        }
        Bucket bucket = state.rates.get(consume.key());
        if (bucket == null) {
            return free();
        }
        long now = state.head.nanos();
        double available = bucket.available(now);
        if (available < consume.amount()) {
            return Decision.of(new Answer.Consumed(false, available, bucket.retryAfterMillis(consume.amount(), now)));
        }
        return change(bucket.changed(-consume.amount(), now));
    }

    Decision refund(Session session, Command.Refund refund) {
        Rejection refusal = check(session, refund.key(), refund.amount());
        if (refusal != null) {
            return Decision.reject(refusal);
        }
        Bucket bucket = state.rates.get(refund.key());
        return bucket == null ? free() : change(bucket.changed(refund.amount(), state.head.nanos()));
    }

    private static Decision change(Bucket next) {
        return Decision.of(new Event.BucketChanged(next), new Answer.Consumed(true, next.level(), 0));
    }

    /** A key without a bucket is not limited. */
    private static Decision free() {
        return Decision.of(new Answer.Consumed(true, Bounds.HIGHEST_RATE, 0));
    }

    private @Nullable Rejection check(Session session, String key, double amount) {
        String wrong = Checks.first(Checks.name("key", key), Checks.amount("amount", amount));
        if (wrong == null && amount == 0) {
            wrong = "amount must be above 0";
        }
        return wrong != null ? Rejection.of(Reason.INVALID, wrong) : Fitness.mayReceive(state, session);
    }
}
