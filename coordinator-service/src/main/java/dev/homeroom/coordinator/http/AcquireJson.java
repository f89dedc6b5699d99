package dev.homeroom.coordinator.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Request;
import dev.homeroom.platform.problem.ProblemException;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a session asks for a lock or a claim.
 *
 * @param holder whoever holds it inside the session; absent: the name of the resource
 * @param strategy what to do when somebody else holds it
 * @param seq makes the request exactly-once: 1, 2, 3 … per incarnation
 * @param unanswered the lowest seq still open at the client; absent: this one
 */
public record AcquireJson(
        @NotBlank @Size(max = Bounds.NAME_BYTES) String session,
        @NotNull @Min(1) Long incarnation,
        @Nullable Duration ttl,
        @Nullable Strategy strategy,
        @Nullable @Size(max = Bounds.NAME_BYTES) String holder,
        @Nullable @Min(1) Long seq,
        @Nullable @Min(1) Long unanswered) {
    /** Conflict strategies. */
    public enum Strategy {
        /** Refuse at once. */
        FAIL_FAST,
        /** Wait or try again. */
        RETRY,
        /** Take it from a stale holder. */
        STEAL_STALE,
        /** Take it always. */
        FORCE_ACQUIRE
    }

    Command.Acquire toCommand(Kind kind, String name) {
        if (strategy != null && strategy != Strategy.FAIL_FAST) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "Field 'strategy': only FAIL_FAST is offered; try again after retryAfterMs instead.",
                    Map.of("field", "strategy"));
        }
        return new Command.Acquire(
                session, incarnation, request(seq, unanswered), kind, name, Texts.orEmpty(holder), Texts.millis(ttl));
    }

    static Request request(@Nullable Long seq, @Nullable Long unanswered) {
        if (seq == null) {
            return Request.NONE;
        }
        return new Request(seq, unanswered == null ? seq : unanswered);
    }
}
