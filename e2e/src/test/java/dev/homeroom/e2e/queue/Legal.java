package dev.homeroom.e2e.queue;

import dev.homeroom.e2e.queue.Histories.History;
import dev.homeroom.e2e.queue.Histories.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a task's history is a path that there is. */
public final class Legal {
    private static final Set<String> OVER = Set.of("completed", "skipped", "failed", "cancelled");
    private static final Set<String> GRANT_ENDED = Set.of("expired", "session-failed", "released", "repaired");

    /** From where to where, and why. */
    private static final Map<String, Set<String>> STEPS = Map.ofEntries(
            Map.entry("->pending", Set.of("enqueued")),
            Map.entry("pending->claimed", Set.of("claimed")),
            // The coordinator gave it to the next one before the row heard of the end of the grant before.
            Map.entry("claimed->claimed", Set.of("claimed")),
            Map.entry("claimed->completed", Set.of("completed")),
            Map.entry("claimed->skipped", Set.of("skipped")),
            Map.entry("claimed->failed", Set.of("failed")),
            Map.entry("claimed->cancelled", Set.of("cancelled")),
            Map.entry("pending->cancelled", Set.of("cancelled")),
            Map.entry(
                    "claimed->pending",
                    Set.of("retry", "released", "snoozed", "expired", "session-failed", "repaired")),
            // Its deadline passed; somebody wanted it to be done after all.
            Map.entry("pending->failed", Set.of("deadline")),
            Map.entry("failed->pending", Set.of("retried")),
            // A grant ended whose claim had not reached the row: the raised token fences it off.
            Map.entry("pending->pending", GRANT_ENDED));

    private Legal() {}

    /** What is wrong with it; nothing if it is a legal path to an end. */
    public static List<String> objections(History history) {
        List<String> objections = new ArrayList<>();
        String state = "";
        long token = 0;
        for (int i = 0; i < history.steps().size(); i++) {
            Step step = history.steps().get(i);
            if (step.version() != i + 1) {
                objections.add("version " + step.version() + " is step " + (i + 1));
            }
            if (!step.from().equals(state)) {
                objections.add(step + " does not begin where the one before it ended");
            }
            if (!STEPS.getOrDefault(step.from() + "->" + step.to(), Set.of()).contains(step.cause())) {
                objections.add(step + " is no step there is");
            }
            objections.addAll(tokens(step, token));
            token = Math.max(token, step.token());
            state = step.to();
        }
        if (!OVER.contains(state)) {
            objections.add("it is not over but " + state);
        }
        return objections.stream()
                .map(objection -> objection + " in " + history)
                .toList();
    }

    private static List<String> tokens(Step step, long before) {
        if (step.token() < before) {
            return List.of("the token falls from " + before + " in " + step);
        }
        if (step.to().equals("claimed") && step.token() <= before) {
            return List.of("claimed with a token that was used: " + step);
        }
        return List.of();
    }
}
