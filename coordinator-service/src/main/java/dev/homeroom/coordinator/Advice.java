package dev.homeroom.coordinator;

import dev.homeroom.coordinator.core.Holder;
import dev.homeroom.coordinator.core.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a caller can do after a rejection, in sentences (requirement R-L3). */
public final class Advice {
    private static final double MILLIS = 1_000.0;

    private Advice() {}

    /** At least one sentence. */
    public static List<String> after(Rejection rejection) {
        Holder holder = rejection.holder();
        return switch (rejection.reason()) {
            case HELD -> held(rejection, holder);
            case DEADLOCK ->
                List.of(
                        "Release what the others in the cycle wait for, then ask again.",
                        "Acquire everything you need at once, with acquire-all.");
            case NONE_AVAILABLE ->
                List.of("Try again later.", "Leave the task in the queue, to whoever asks for work first.");
            case STALE_TOKEN ->
                holder == null
                        ? List.of("Stop working on it: your grant has ended.", "Acquire it again.")
                        : List.of(
                                "Stop working on it: session " + holder.session() + " holds it now.",
                                "Acquire it again when that session is done.");
            case STALE_INCARNATION ->
                List.of("Stop: another process has registered this session.", "Register with a new instance.");
            case SESSION_ENDED -> List.of("Stop: everything the session held has ended.", "Register a new instance.");
            case UNKNOWN_SESSION -> List.of("Check the session's id.", "Register the session first.");
            case MANAGED_BY_QUEUE -> List.of("Claim tasks with POST /api/tasks/claim.");
            case REQUEST_TOO_OLD -> List.of("Read the present state.", "Send what you still want under a new seq.");
            case REQUEST_REUSED -> List.of("Send it under a new request id.");
            case TOO_MANY -> List.of("Release what is not needed, then try again.");
            case INVALID -> List.of("Correct the request; the detail says what is wrong.");
            case NOT_FOUND -> List.of("Check the name; the list shows what there is.");
            case STALE_TERM -> List.of("Try again.");
        };
    }

    private static List<String> held(Rejection rejection, @Nullable Holder holder) {
        List<String> next = new ArrayList<>();
        next.add(
                rejection.queuePosition() > 0
                        ? "Wait for it: send the strategy RETRY with a wait such as PT30S; you would be number "
                                + rejection.queuePosition() + " in the queue."
                        : "Wait for it: send the strategy RETRY with a wait such as PT30S.");
        next.add("Or ask again in " + Refusals.retryAfterMs(rejection) / MILLIS + " s, or take other work.");
        if (holder != null) {
            next.add("Session " + holder.session() + place(holder) + " can release it; at the latest it ends at "
                    + Instant.ofEpochMilli(holder.deadlineWall()) + ", unless it is renewed.");
            next.add("If that session has become stale, the strategy STEAL_STALE takes it.");
        }
        return next;
    }

    private static String place(Holder holder) {
        if (holder.host().isEmpty()) {
            return "";
        }
        return " on " + holder.host() + (holder.tty().isEmpty() ? "" : " (" + holder.tty() + ")");
    }
}
