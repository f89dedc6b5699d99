package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Bounds;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a limit is set; what is absent stays as it is. */
@Schema(examples = """
        {"permits": 4, "rate": {"perSecond": 10, "burst": 20}}""")
public record PutLimitJson(
        @Schema(description = "How many may hold it at once; 0 stops it. Permits already granted stay.")
        @Nullable
        @Min(0)
        Integer permits,

        @Schema(description = "Its token bucket; both 0 removes it.") @Nullable @Valid
        Rate rate) {

    /** A token bucket: at most {@code burst} at once, refilled with {@code perSecond}. */
    public record Rate(
            @NotNull @DecimalMin("0") @Max((long) Bounds.HIGHEST_RATE)
            Double perSecond,

            @NotNull @DecimalMin("0") @Max((long) Bounds.HIGHEST_RATE)
            Double burst) {}
}
