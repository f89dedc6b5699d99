package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a session renews or gives back what it holds; {@code ttl} is for renewals, absent: the one granted with. */
public record HeldJson(
        @NotBlank @Size(max = Bounds.NAME_BYTES) String session,
        @NotNull @Min(1) Long incarnation,
        @NotNull @Min(1) Long token,
        @Nullable Duration ttl,
        @Nullable @Min(1) Long seq,
        @Nullable @Min(1) Long unanswered) {
    Command.Renew toRenew(Kind kind, String name) {
        return new Command.Renew(
                session, incarnation, AcquireJson.request(seq, unanswered), kind, name, token, Texts.millis(ttl));
    }

    Command.Release toRelease(Kind kind, String name) {
        return new Command.Release(session, incarnation, AcquireJson.request(seq, unanswered), kind, name, token);
    }
}
