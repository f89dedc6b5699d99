package dev.homeroom.coordinator.core;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks of {@link Terms}; each answers null when all is well, or what is wrong. */
final class TermChecks {
    private TermChecks() {}

    /** For a resource of this kind; the usual terms cost nothing. */
    static @Nullable String wrong(Terms terms, Kind kind) {
        if (terms.equals(Terms.FAIL_FAST)) {
            return null;
        }
        return Checks.first(
                waiting(terms),
                kind == Kind.LIMIT ? forLimit(terms) : null,
                Checks.range("lockDelay in milliseconds", terms.lockDelayMillis(), 0, Bounds.LONGEST_LOCK_DELAY_MILLIS),
                Checks.text("by", terms.by()),
                Checks.text("why", terms.why()),
                terms.strategy() == Strategy.FORCE_ACQUIRE ? Checks.name("by", terms.by()) : null,
                terms.strategy() == Strategy.FORCE_ACQUIRE ? Checks.name("why", terms.why()) : null,
                metadata(terms.metadata()));
    }

    private static @Nullable String waiting(Terms terms) {
        String wrong = Checks.first(
                Checks.range("wait in milliseconds", terms.waitMillis(), 0, Bounds.LONGEST_WAIT_MILLIS),
                Checks.text("attachment", terms.attachment()));
        if (wrong != null || terms.waitMillis() == 0) {
            return wrong;
        }
        return terms.strategy() == Strategy.RETRY
                ? Checks.name("attachment", terms.attachment())
                : "only the strategy RETRY waits";
    }

    private static @Nullable String forLimit(Terms terms) {
        if (terms.strategy() == Strategy.STEAL_STALE || terms.strategy() == Strategy.FORCE_ACQUIRE) {
            return "permits of limits are neither stolen nor forced";
        }
        return terms.lockDelayMillis() == 0 ? null : "lockDelay is for locks and claims";
    }

    private static @Nullable String metadata(Map<String, String> metadata) {
        String wrong = Checks.range("metadata entries", metadata.size(), 0, Bounds.METADATA_ENTRIES);
        int bytes = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            if (wrong != null) {
                return wrong;
            }
            wrong = Checks.first(
                    Checks.name("metadata key", entry.getKey()),
                    Checks.text("metadata value", entry.getValue(), Bounds.METADATA_BYTES));
            bytes += entry.getKey().getBytes(StandardCharsets.UTF_8).length
                    + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        return wrong != null ? wrong : Checks.range("metadata bytes", bytes, 0, Bounds.METADATA_BYTES);
    }
}
