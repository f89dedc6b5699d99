package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Profile;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as it registers. {@code id} absent: the instance is the id. {@code instance} is made by the client for this
 * run of the process, so that a repeat is recognised.
 */
public record RegisterJson(
        @Nullable @Size(min = 1, max = Bounds.NAME_BYTES) String id,
        @NotBlank @Size(max = Bounds.NAME_BYTES) String instance,
        @Nullable @Size(max = Bounds.NAME_BYTES) String name,
        @Nullable @Size(max = Bounds.NAME_BYTES) String host,
        @Nullable @Size(max = Bounds.NAME_BYTES) String tty,
        @Nullable @Min(0) Long pid,
        @Nullable @Valid CodebaseJson codebase,
        @Nullable @Size(max = Bounds.NAME_BYTES) String lesson,

        @Nullable @Size(max = Bounds.CAPABILITIES) List<@NotBlank @Size(max = Bounds.NAME_BYTES) String> capabilities,

        @Nullable @Min(1) @Max(Bounds.CONCURRENT_TASKS) Integer maxConcurrentTasks,
        @Nullable Duration leaseTimeout,
        @Nullable Duration heartbeatInterval) {
    /** The command; {@code defaultInterval} is the heartbeat interval of a session that asks for nothing. */
    Command.Register toCommand(Duration defaultInterval) {
        Profile profile = new Profile(
                Texts.orEmpty(name),
                Texts.orEmpty(host),
                Texts.orEmpty(tty),
                Texts.orZero(pid),
                CodebaseJson.toCore(codebase),
                Texts.orEmpty(lesson),
                Texts.orEmpty(capabilities),
                maxConcurrentTasks == null ? 1 : maxConcurrentTasks);
        Duration interval = heartbeatInterval == null && leaseTimeout == null ? defaultInterval : heartbeatInterval;
        return new Command.Register(
                Texts.orEmpty(id), instance, profile, Texts.millis(leaseTimeout), Texts.millis(interval));
    }
}
