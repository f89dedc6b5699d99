package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Affinity;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.desk.Hours;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A session's preference for a lesson. */
@Schema(examples = """
        {"session": "s-1", "lesson": "fractions", "weight": 20,
         "windows": [{"days": ["MON", "TUE"], "from": "09:00", "to": "12:00", "zone": "Europe/Berlin"}]}""")
public record AffinityJson(
        @Schema(description = "Absent when one is made: the answer says it.")
        @Nullable
        @Size(min = 1, max = Bounds.NAME_BYTES)
        String id,

        @Schema(description = "Whose preference; it need not be registered.") @NotBlank @Size(max = Bounds.NAME_BYTES)
        String session,

        @Schema(description = "For which lesson.") @NotBlank @Size(max = Bounds.NAME_BYTES)
        String lesson,

        @Schema(description = "When; absent or empty: always. At most 16.") @Nullable @Size(max = Bounds.WINDOWS)
        List<@Valid @NotNull Window> windows,

        @Schema(description = "Points of the score while a window is open, 1 to 100.") @NotNull @Min(1) @Max(100)
        Integer weight,

        @Schema(description = "Whether a window is open now; not in requests.", readOnly = true) @Nullable
        Boolean open) {

    /** Hours of some days in a zone. */
    public record Window(
            @Schema(description = "MON, TUE, WED, THU, FRI, SAT, SUN") @NotEmpty @Size(max = 7)
            List<@NotBlank String> days,

            @Schema(description = "HH:MM") @NotBlank String from,

            @Schema(description = "HH:MM, exclusive; not after from: the window ends on the next day.") @NotBlank
            String to,

            @Schema(description = "An IANA name.") @NotBlank @Size(max = 64)
            String zone) {}

    Command.PutAffinity toCommand(String under) {
        return new Command.PutAffinity(new Affinity(
                under,
                session,
                lesson,
                Texts.orEmpty(windows).stream()
                        .map(window -> Hours.window(window.days(), window.from(), window.to(), window.zone()))
                        .toList(),
                weight));
    }

    static AffinityJson of(Answer.OneAffinity answer) {
        Affinity affinity = answer.affinity();
        return new AffinityJson(
                affinity.id(),
                affinity.session(),
                affinity.lesson(),
                affinity.windows().stream()
                        .map(window -> new Window(
                                Hours.days(window),
                                Hours.time(window.fromMinute()),
                                Hours.time(window.toMinute()),
                                window.zone()))
                        .toList(),
                affinity.weight(),
                answer.open());
    }
}
