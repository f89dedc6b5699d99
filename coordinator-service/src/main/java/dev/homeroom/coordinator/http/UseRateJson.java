package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Request;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a session takes from a token bucket, or puts back. */
@Schema(examples = """
        {"session": "s-1", "incarnation": 7, "amount": 1, "seq": 43}""")
public record UseRateJson(
        @NotBlank @Size(max = Bounds.NAME_BYTES) String session,
        @NotNull @Min(1) Long incarnation,

        @Schema(description = "How much; absent: 1.") @Nullable @Positive
        Double amount,

        @Schema(description = "Makes the request exactly-once.") @Nullable @Min(1)
        Long seq,

        @Schema(description = "The lowest seq still open at the client.") @Nullable @Min(1)
        Long unanswered) {
    Command.Consume toConsume(String key) {
        return new Command.Consume(session, incarnation, request(), key, amount == null ? 1 : amount);
    }

    Command.Refund toRefund(String key) {
        return new Command.Refund(session, incarnation, request(), key, amount == null ? 1 : amount);
    }

    private Request request() {
        return AcquireJson.request(seq, unanswered);
    }

    /** What came of it. Too little in the bucket is an answer, not an error. */
    public record Used(
            boolean taken,
            double available,

            @Schema(
                    description =
                            "When not taken: after how long there is enough; absent: never, it is over the burst.")
            @Nullable
            Long retryAfterMs) {
        static Used of(Answer.Consumed answer) {
            boolean later = !answer.taken() && answer.retryAfterMillis() >= 0;
            return new Used(answer.taken(), answer.available(), later ? (Long) answer.retryAfterMillis() : null);
        }
    }
}
