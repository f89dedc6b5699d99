package dev.homeroom.coordinator.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.homeroom.coordinator.Refused;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.coordinator.core.ResourceKey;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.desk.Caller;
import dev.homeroom.coordinator.desk.Named;
import dev.homeroom.coordinator.desk.Wish;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a session asks for several at once, all or none. */
@Schema(examples = """
        {"session": "s-1", "incarnation": 7, "names": ["db", "schema"], "wait": "PT30S", "seq": 42}""")
public record AcquireAllJson(
        @Schema(description = "The session that is to hold them.") @NotBlank @Size(max = Bounds.NAME_BYTES)
        String session,

        @Schema(description = "Its incarnation.") @NotNull @Min(1)
        Long incarnation,

        @Schema(description = "Names of locks, 1 to 64; instead of resources.")
        @Nullable
        @Size(min = 1, max = Bounds.RESOURCES_AT_ONCE)
        List<@NotBlank @Size(max = Bounds.NAME_BYTES) String> names,

        @Schema(description = "Locks, claims and limits together, 1 to 64; instead of names.")
        @Nullable
        @Size(min = 1, max = Bounds.RESOURCES_AT_ONCE)
        List<@Valid @NotNull Resource> resources,

        @Schema(description = "For how long; absent: the default, 10 min.") @Nullable
        Duration ttl,

        @Schema(description = "FAIL_FAST or RETRY.") @Nullable
        Strategy strategy,

        @Schema(name = "wait", description = "With RETRY: wait in all queues at once, up to 10 min.")
        @JsonProperty("wait")
        @Nullable
        Duration waiting,

        @Schema(description = "With RETRY and no wait.") @Nullable
        RetryJson retry,

        @Schema(description = "Who holds them inside the session; absent: of each the name of the resource.")
        @Nullable
        @Size(max = Bounds.NAME_BYTES)
        String holder,

        @Schema(description = "Shown with each grant.") @Nullable @Size(max = Bounds.METADATA_ENTRIES)
        Map<String, String> metadata,

        @Schema(description = "Of each; up to 60 s.") @Nullable
        Duration lockDelay,

        @Schema(description = "Makes the request exactly-once.") @Nullable @Min(1)
        Long seq,

        @Schema(description = "The lowest seq still open at the client.") @Nullable @Min(1)
        Long unanswered) {

    /** One of them; {@code kind} is lock, claim or limit. */
    public record Resource(
            @NotBlank String kind,
            @NotBlank @Size(max = Bounds.NAME_BYTES) String name) {}

    Wish wish() {
        return WishJson.wish(strategy, waiting, retry, lockDelay, metadata, null);
    }

    Command.AcquireAll toCommand(Caller caller) {
        return new Command.AcquireAll(
                session,
                incarnation,
                AcquireJson.request(seq, unanswered),
                keys(),
                Texts.orEmpty(holder),
                Texts.millis(ttl),
                wish().terms(caller));
    }

    private List<ResourceKey> keys() {
        if ((names == null) == (resources == null)) {
            throw new Refused(Rejection.of(
                    Rejection.Reason.INVALID, "send either names, of locks, or resources, each with kind and name"));
        }
        return names != null
                ? names.stream().map(name -> new ResourceKey(Kind.LOCK, name)).toList()
                : Texts.orEmpty(resources).stream()
                        .map(one -> new ResourceKey(Named.kind(one.kind()), one.name()))
                        .toList();
    }

    /** The answer: in the order of the request. */
    public record Granted(List<GrantJson> grants) {}
}
