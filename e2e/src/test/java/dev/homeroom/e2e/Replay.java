package dev.homeroom.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends a homework as fast as it goes: a few senders, each with its own students, each student's events in order. A
 * batch without an answer is sent again with the same ids.
 */
final class Replay {
    private static final int SENDERS = 4;
    private static final int BATCH = 250;

    private final Api app;
    private final List<Homework.Sent> events;
    private final AtomicLong accepted = new AtomicLong();

    Replay(Api app, List<Homework.Sent> events) {
        this.app = app;
        this.events = events;
    }

    /** How many events the edge took so far, each counted once. */
    long accepted() {
        return accepted.get();
    }

    /** One sender's work, as calls to run side by side. */
    List<Callable<Void>> senders() {
        List<Callable<Void>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int mine = i;
            List<Homework.Sent> share = events.stream()
                    .filter(e -> Math.floorMod(e.student().hashCode(), SENDERS) == mine)
                    .toList();
            senders.add(() -> {
                send(share);
                return null;
            });
        }
        return senders;
    }

    private void send(List<Homework.Sent> share) {
        for (int from = 0; from < share.size(); from += BATCH) {
            var batch = share.subList(from, Math.min(share.size(), from + BATCH)).stream()
                    .map(Homework.Sent::body)
                    .toList();
            Api.Answer answer = Patiently.answered(() -> app.post("/api/metrics", batch));
            JsonNode body = answer.body();
            if (answer.status() != 202 || body.path("accepted").asInt() != batch.size()) {
                throw new AssertionError("the edge refused events: " + answer);
            }
            accepted.addAndGet(batch.size());
        }
    }
}
