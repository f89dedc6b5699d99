package dev.homeroom.queue.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.homeroom.queue.core.Receipt;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A step of a task in an answer; see {@link Receipt} for the fields. {@code error} holds the worker's words. */
public record ReceiptView(
        UUID id,
        String type,
        @Nullable String lesson,
        int version,
        String status,
        String cause,
        @Nullable String session,
        @Nullable Long token,
        int attempt,
        @Nullable Instant runAt,
        @JsonRawValue @Nullable String result,
        @Nullable String error,
        Instant at,
        @Nullable String by) {
    static ReceiptView of(Receipt receipt) {
        return new ReceiptView(
                receipt.task(),
                receipt.type(),
                receipt.lesson(),
                receipt.version(),
                receipt.status().word(),
                receipt.cause(),
                receipt.session(),
                receipt.token() == 0 ? null : receipt.token(),
                receipt.attempt(),
                receipt.runAt(),
                receipt.result(),
                receipt.reason(),
                receipt.at(),
                receipt.by());
    }
}
