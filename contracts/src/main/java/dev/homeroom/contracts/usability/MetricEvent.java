package dev.homeroom.contracts.usability;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a student did in an app, as the app published it and the edge stamped it. Deduplicated by (classroom, app, id,
 * occurredAt).
 *
 * @param id made by the app
 * @param classroom the classroom it belongs to; the Kafka key
 * @param student a pseudonym
 * @param app the app, from its token
 * @param type {@code click}, {@code attempt}, {@code error}, {@code hint}, {@code navigation}, {@code focus},
 *     {@code idle}, {@code submit} or {@code measure}
 * @param target the element or exercise it is about
 * @param skill the skill it exercises
 * @param outcome {@code success} or {@code failure}
 * @param value a figure, with {@code unit}
 * @param unit the unit of {@code value}
 * @param occurredAt when, by the app's clock, as sent
 * @param receivedAt when the edge took it
 * @param context whatever else the app tells; bounded
 */
public record MetricEvent(
        UUID id,
        String classroom,
        String student,
        String app,
        String type,
        @Nullable String target,
        @Nullable String skill,
        @Nullable String outcome,
        @Nullable Double value,
        @Nullable String unit,
        Instant occurredAt,
        Instant receivedAt,
        @Nullable Map<String, Object> context) {}
