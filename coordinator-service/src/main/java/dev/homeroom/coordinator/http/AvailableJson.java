package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Sessions that may take a task, best first. */
public record AvailableJson(List<Ranked> items) {
    /** One of them. */
    public record Ranked(SessionJson session, ScoreJson score) {}

    /** Why it stands there. */
    public record ScoreJson(
            @Schema(description = "The sum of the parts.") int total, List<PartJson> parts) {}

    /** One part of a score. */
    public record PartJson(
            String name,
            int points,
            @Schema(description = "For people.") String why) {}

    static AvailableJson of(Answer.RankedSessions answer) {
        return new AvailableJson(answer.sessions().stream()
                .map(ranked -> new Ranked(
                        SessionJson.of(ranked.session()),
                        new ScoreJson(
                                ranked.score().total(),
                                ranked.score().parts().stream()
                                        .map(part -> new PartJson(part.name(), part.points(), part.why()))
                                        .toList())))
                .toList());
    }
}
