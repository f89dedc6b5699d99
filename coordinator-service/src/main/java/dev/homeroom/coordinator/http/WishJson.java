package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.desk.Wish;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an acquire asks for beside the resource, as JSON. */
final class WishJson {
    private WishJson() {}

    static Wish wish(
            @Nullable Strategy strategy,
            @Nullable Duration wait,
            @Nullable RetryJson retry,
            @Nullable Duration lockDelay,
            @Nullable Map<String, String> metadata,
            @Nullable String reason) {
        return new Wish(
                strategy,
                wait == null ? null : (Long) wait.toMillis(),
                retry == null ? null : retry.patience(),
                lockDelay == null ? 0 : lockDelay.toMillis(),
                metadata == null ? Map.of() : metadata,
                Texts.orEmpty(reason));
    }
}
