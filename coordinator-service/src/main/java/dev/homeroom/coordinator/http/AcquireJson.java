package dev.homeroom.coordinator.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Request;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.desk.Caller;
import dev.homeroom.coordinator.desk.Wish;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a session asks for a lock, a claim or a permit. */
@Schema(examples = """
        {"session": "s-1", "incarnation": 7, "ttl": "PT60S", "strategy": "RETRY", "wait": "PT30S", "seq": 41}""")
public record AcquireJson(
        @Schema(description = "The session that is to hold it.") @NotBlank @Size(max = Bounds.NAME_BYTES)
        String session,

        @Schema(description = "Its incarnation, as the answer to its registration said.") @NotNull @Min(1)
        Long incarnation,

        @Schema(description = "For how long, 1 s to 24 h; absent: the default, 10 min.") @Nullable
        Duration ttl,

        @Schema(
                description =
                        "What to do when somebody else holds it. Absent: RETRY with a wait or a retry, else FAIL_FAST. "
                                + "STEAL_STALE takes it from a stale holder. FORCE_ACQUIRE takes it from anybody: roles operator "
                                + "and admin, with a reason.")
        @Nullable
        Strategy strategy,

        @Schema(
                name = "wait",
                description =
                        "With RETRY: wait in the queue, first come first served, up to 10 min. The answer comes when "
                                + "it is granted or the time is over; closing the connection ends the wait.")
        @JsonProperty("wait")
        @Nullable
        Duration waiting,

        @Schema(description = "With RETRY and no wait: tries after growing pauses.") @Nullable
        RetryJson retry,

        @Schema(description = "Who holds it inside the session; absent: the name of the resource.")
        @Nullable
        @Size(max = Bounds.NAME_BYTES)
        String holder,

        @Schema(description = "Shown with the grant; at most 16 entries and 4,096 bytes.")
        @Nullable
        @Size(max = Bounds.METADATA_ENTRIES)
        Map<String, String> metadata,

        @Schema(description = "How long nobody else gets it after the grant ended without a release; up to 60 s.")
        @Nullable
        Duration lockDelay,

        @Schema(description = "Required with FORCE_ACQUIRE; the audit trail keeps it.")
        @Nullable
        @Size(max = Bounds.NAME_BYTES)
        String reason,

        @Schema(description = "Makes the request exactly-once: 1, 2, 3 … per incarnation.") @Nullable @Min(1)
        Long seq,

        @Schema(description = "The lowest seq still open at the client; absent: this one.") @Nullable @Min(1)
        Long unanswered) {

    Wish wish() {
        return WishJson.wish(strategy, waiting, retry, lockDelay, metadata, reason);
    }

    Command.Acquire toCommand(Kind kind, String name, Caller caller) {
        return new Command.Acquire(
                session,
                incarnation,
                request(seq, unanswered),
                kind,
                name,
                Texts.orEmpty(holder),
                Texts.millis(ttl),
                wish().terms(caller));
    }

    static Request request(@Nullable Long seq, @Nullable Long unanswered) {
        if (seq == null) {
            return Request.NONE;
        }
        return new Request(seq, unanswered == null ? seq : unanswered);
    }
}
