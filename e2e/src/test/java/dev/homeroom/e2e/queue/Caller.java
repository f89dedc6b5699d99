package dev.homeroom.e2e.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.e2e.cluster.Door;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Sends a request to any replica until there is an answer other than "not now": the same request each time. Now and then
 * it asks two replicas at once, which must agree, and now and then it gives up. For one thread.
 */
final class Caller {
    private static final long AGAIN_NANOS = Duration.ofMillis(80).toNanos();
    private static final Duration GIVES_UP = Duration.ofSeconds(45);
    private static final double AT_TWO = 0.05;
    private static final double GIVES_UP_AT_ONCE = 0.03;

    /** For requests whose answers need not agree. */
    static final Function<JsonNode, Object> ANY = _ -> "";

    static final String SENT_AGAIN = "requests sent again";

    private final List<Door> doors;
    private final TaskLedger ledger;
    private final Random random;

    Caller(List<Door> doors, TaskLedger ledger, Random random) {
        this.doors = doors;
        this.ledger = ledger;
        this.random = random;
    }

    /** The answer; empty when the caller gave up, and whether it happened is unknown. */
    Optional<Door.Reply> ask(String path, Object body, Function<JsonNode, Object> essence) {
        return ask(path, body, essence, GIVES_UP_AT_ONCE);
    }

    /** The same by a caller that gives up only when there is no answer for long. */
    Optional<Door.Reply> insist(String path, Object body, Function<JsonNode, Object> essence) {
        return ask(path, body, essence, 0);
    }

    private Optional<Door.Reply> ask(
            String path, Object body, Function<JsonNode, Object> essence, double givesUpAtOnce) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < GIVES_UP.toNanos()) {
            List<Door.Reply> answers = replies(path, body).stream()
                    .filter(reply -> !tryAgain(reply))
                    .toList();
            if (answers.size() == 2 && essence != ANY) {
                compare(path, body, answers.getFirst(), answers.getLast(), essence);
            }
            if (!answers.isEmpty()) {
                return Optional.of(richest(answers));
            }
            if (random.nextDouble() < givesUpAtOnce) {
                break;
            }
            ledger.count(SENT_AGAIN);
            LockSupport.parkNanos(AGAIN_NANOS);
        }
        ledger.count("requests given up");
        return Optional.empty();
    }

    private List<Door.Reply> replies(String path, Object body) {
        if (random.nextDouble() >= AT_TWO) {
            return List.of(any().post(path, body));
        }
        CompletableFuture<Door.Reply> beside =
                CompletableFuture.supplyAsync(() -> doors.getFirst().post(path, body));
        return List.of(doors.getLast().post(path, body), beside.join());
    }

    private Door any() {
        return doors.get(random.nextInt(doors.size()));
    }

    /** A defect is not "not now", whatever its status says. */
    private boolean tryAgain(Door.Reply reply) {
        if (reply.problem().equals("internal")) {
            ledger.count("internal errors");
            ledger.violated("a defect: " + reply);
        }
        return reply.status() == 0 || reply.status() == 429 || reply.status() >= 500;
    }

    private void compare(String path, Object body, Door.Reply one, Door.Reply two, Function<JsonNode, Object> essence) {
        boolean same = one.ok() == two.ok()
                && (one.ok()
                        ? essence.apply(one.body()).equals(essence.apply(two.body()))
                        : one.problem().equals(two.problem()));
        if (!same) {
            ledger.violated("%s %s, sent to two at once, was answered %s and %s".formatted(path, body, one, two));
        }
    }

    /** Of a claim sent to two, one may have come too early for what the other got. */
    private static Door.Reply richest(List<Door.Reply> replies) {
        Door.Reply first = replies.getFirst();
        Door.Reply last = replies.getLast();
        return last.body().path("tasks").size() > first.body().path("tasks").size() ? last : first;
    }
}
