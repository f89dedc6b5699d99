package dev.homeroom.metrics.edge.caliper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.edge.RefusedException;
import dev.homeroom.metrics.edge.Trees;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Caliper event says was done: its profile's event type and the action.
 *
 * @param event such as {@code AssessmentItemEvent}
 * @param action such as {@code Completed}
 */
record Deed(String event, String action) {
    /** Actions by which work is handed in. */
    private static final Set<String> HANDED_IN = Set.of("Submitted", "Completed");

    /**
     * Reads the types of an event.
     *
     * @throws RefusedException for what is no event: entities may describe themselves in an envelope, too
     */
    static Deed of(JsonNode item) throws RefusedException {
        String event = Entities.type(item);
        String action = Trees.text(item, "action");
        if (!event.endsWith("Event")) {
            throw RefusedException.invalid("type: is no event; descriptions of entities are not kept");
        }
        if (action == null) {
            throw RefusedException.invalid("action: is missing");
        }
        return new Deed(event, Entities.term(action));
    }

    /** Whether it is the verdict of a program on an answer, which comes as an event of its own. */
    boolean grades() {
        return event.equals("GradeEvent") && action.equals("Graded");
    }

    /**
     * What the student did.
     *
     * @param success the verdict, if there is one
     */
    EventKind kind(@Nullable Boolean success) {
        return switch (event) {
            case "AssessmentItemEvent", "QuestionnaireItemEvent" -> item(success);
            case "AssessmentEvent", "AssignableEvent", "QuestionnaireEvent" ->
                HANDED_IN.contains(action) ? EventKind.SUBMIT : EventKind.NAVIGATION;
            case "GradeEvent" -> success == null ? EventKind.MEASURE : EventKind.ATTEMPT;
            case "NavigationEvent", "ViewEvent", "ReadingEvent", "SessionEvent", "ToolLaunchEvent" ->
                action.equals("TimedOut") ? EventKind.IDLE : EventKind.NAVIGATION;
            default -> EventKind.MEASURE;
        };
    }

    /** An answer without a verdict is no attempt yet: its grade follows, and it would count twice. */
    private EventKind item(@Nullable Boolean success) {
        if (!HANDED_IN.contains(action)) {
            return EventKind.NAVIGATION;
        }
        return success == null ? EventKind.MEASURE : EventKind.ATTEMPT;
    }
}
