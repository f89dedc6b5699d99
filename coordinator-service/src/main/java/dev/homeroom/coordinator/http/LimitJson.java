package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A limit: how many may hold a key at once, and how often it may be used. */
public record LimitJson(
        String key,

        @Schema(description = "How many may hold it at once; of a key nobody has set: the default.")
        int permits,

        int used,
        int available,
        @Schema(description = "Waiters in its queue.") int waiting,

        @Schema(description = "Its token bucket; absent: it may be used as often as anybody likes.") @Nullable
        RateJson rate) {

    /** A token bucket. */
    public record RateJson(double perSecond, double burst, double available) {}

    static LimitJson of(Answer.OneLimit limit) {
        Answer.Rate rate = limit.rate();
        return new LimitJson(
                limit.key(),
                limit.permits(),
                limit.used(),
                Math.max(0, limit.permits() - limit.used()),
                limit.waiting(),
                rate == null ? null : new RateJson(rate.perSecond(), rate.burst(), rate.available()));
    }
}
