package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Holder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who holds a resource, as everybody may see it. */
public record HolderJson(
        String session,
        long incarnation,
        String holder,
        @Nullable String host,
        @Nullable String tty,
        @Nullable CodebaseJson codebase,
        long heartbeatAgeSeconds,
        String heartbeatAge,
        Instant since,
        Instant deadline) {
    static HolderJson of(Holder holder) {
        long age = holder.heartbeatAgeMillis() / 1_000;
        return new HolderJson(
                holder.session(),
                holder.incarnation(),
                holder.holder(),
                Texts.orNull(holder.host()),
                Texts.orNull(holder.tty()),
                CodebaseJson.of(holder.codebase()),
                age,
                Age.words(age),
                Texts.instant(holder.sinceWall()),
                Texts.instant(holder.deadlineWall()));
    }
}
