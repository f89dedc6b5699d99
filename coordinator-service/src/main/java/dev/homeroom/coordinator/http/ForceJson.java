package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.desk.Caller;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How an operator takes something away from its holder. */
@Schema(examples = """
        {"reason": "The agent was stopped by hand; ticket 4711"}""")
public record ForceJson(
        @Schema(description = "Only the grant with this token; absent: all of the resource.") @Nullable @Min(1)
        Long token,

        @Schema(description = "For people; the audit trail keeps it, with the subject of the caller's token.")
        @NotBlank
        @Size(max = Bounds.NAME_BYTES)
        String reason) {
    Command.ForceRelease toCommand(Kind kind, String name, Caller caller) {
        return new Command.ForceRelease(kind, name, Texts.orZero(token), caller.subject(), reason);
    }

    /** What was taken. */
    public record Taken(List<GrantJson> taken) {
        static Taken of(Answer.Taken answer) {
            return new Taken(answer.grants().stream().map(GrantJson::of).toList());
        }
    }
}
