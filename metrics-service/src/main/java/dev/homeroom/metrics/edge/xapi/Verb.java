package dev.homeroom.metrics.edge.xapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.metrics.core.EventKind;
import dev.homeroom.metrics.edge.Refusal;
import dev.homeroom.metrics.edge.RefusedException;
import dev.homeroom.metrics.edge.Trees;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a statement's verb says. Vocabularies (ADL, Tin Can, Activity Streams, cmi5, H5P) give the same words under
 * different addresses, so the last segment of the verb's IRI decides.
 *
 * @param word the last segment, in lower case
 * @param kind what the student did; null for words that say nothing about it
 * @param success what the word itself says about the outcome, if anything
 */
record Verb(String word, @Nullable EventKind kind, @Nullable Boolean success) {
    private static final Map<String, EventKind> KINDS = kinds();
    private static final Map<String, Boolean> OUTCOMES = Map.of("passed", true, "mastered", true, "failed", false);

    private static Map<String, EventKind> kinds() {
        Map<String, EventKind> kinds = new HashMap<>();
        words(kinds, EventKind.ATTEMPT, "answered", "responded", "solved");
        words(kinds, EventKind.SUBMIT, "submitted", "turned-in", "passed", "failed", "mastered");
        words(kinds, EventKind.CLICK, "clicked", "pressed", "tapped", "selected", "interacted");
        words(kinds, EventKind.HINT, "hinted", "requested-hint", "asked-for-hint", "used-hint");
        words(kinds, EventKind.ERROR, "errored", "error", "crashed");
        words(kinds, EventKind.NAVIGATION, "launched", "initialized", "resumed", "suspended", "terminated", "exited");
        words(kinds, EventKind.NAVIGATION, "opened", "open", "closed", "accessed", "viewed", "visited", "navigated");
        words(kinds, EventKind.NAVIGATION, "navigated-in", "experienced", "started", "read", "skipped", "loggedin");
        words(kinds, EventKind.NAVIGATION, "logged-in", "logged-out", "loggedout", "entered", "left");
        words(kinds, EventKind.FOCUS, "focused");
        words(kinds, EventKind.IDLE, "idled");
        return Map.copyOf(kinds);
    }

    private static void words(Map<String, EventKind> kinds, EventKind kind, String... words) {
        for (String word : words) {
            kinds.put(word, kind);
        }
    }

    /**
     * Reads the verb of a statement.
     *
     * @throws RefusedException for none, for one whose id is no IRI, and for voiding: what is folded cannot be unsaid
     */
    static Verb of(JsonNode statement) throws RefusedException {
        String id = Trees.text(statement, "verb", "id");
        if (id == null || id.indexOf(':') <= 0) {
            throw new RefusedException(Refusal.invalid("verb.id: must be an IRI"));
        }
        String trimmed = id.endsWith("/") ? id.substring(0, id.length() - 1) : id;
        int cut = Math.max(trimmed.lastIndexOf('/'), Math.max(trimmed.lastIndexOf('#'), trimmed.lastIndexOf(':')));
        String word = trimmed.substring(cut + 1).toLowerCase(Locale.ROOT);
        if (word.equals("voided")) {
            throw RefusedException.invalid("verb.id: voiding is not supported; a student's events can be erased");
        }
        return new Verb(word, KINDS.get(word), OUTCOMES.get(word));
    }
}
