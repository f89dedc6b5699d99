package dev.homeroom.e2e.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.e2e.cluster.Door;
import dev.homeroom.e2e.queue.TaskLedger.Finish;
import dev.homeroom.e2e.queue.TaskLedger.Right;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A worker with a random program: enqueues, claims, renews, finishes in every way, keeps a task for longer than its claim
 * lives and comes back with it, dies and comes back as another, repeats what was acknowledged.
 */
final class TaskAgent implements Runnable {
    private static final long PAUSE_NANOS = Duration.ofMillis(40).toNanos();
    static final int MOST_CLAIMED = 4;
    private static final int MOST_KEPT = 10;
    private static final double DIES = 0.004;
    private static final double COMES_BACK = 0.3;
    private static final double REPEATS = 0.05;
    private static final double RENEWS = 0.1;
    /** A little less than is worked off, so that the queue stays short and is rarely empty. */
    private static final double ENQUEUES = 0.25;

    private static final double ENQUEUES_WHEN_IDLE = 0.6;

    /** What agents do at the time. */
    enum Mood {
        /** Nothing that would need a repair: nobody dies and nobody is late. */
        HEALTHY,
        /** Everything. */
        WILD,
        /** Nothing new; what is there is completed. */
        TIDY,
        /** Nothing any more. */
        DONE
    }

    private record Kept(Right right, String session, long until) {}

    private final TaskSession session;
    private final Enqueuer enqueuer;
    private final Caller caller;
    private final TaskLedger ledger;
    private final Random random;
    private final String run;
    private final Supplier<Mood> mood;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private int words;
    private boolean idle;

    TaskAgent(
            String run, TaskSession session, List<Door> queue, TaskLedger ledger, Random random, Supplier<Mood> mood) {
        this.run = run;
        this.session = session;
        this.ledger = ledger;
        this.random = random;
        this.mood = mood;
        this.caller = new Caller(queue, ledger, random);
        this.enqueuer = new Enqueuer(run, session.id(), caller, ledger, random);
    }

    @Override
    public void run() {
        session.register(true);
        while (mood.get() != Mood.DONE && ledger.violations().isEmpty()) {
            comeBack();
            switch (mood.get()) {
                case HEALTHY, WILD -> work();
                case TIDY, DONE -> claim(random.nextInt(MOST_CLAIMED) + 1);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void work() {
        if (isWild() && random.nextDouble() < DIES) {
            die();
        } else if (random.nextDouble() < (idle ? ENQUEUES_WHEN_IDLE : ENQUEUES)) {
            enqueuer.enqueue();
        } else {
            claim(random.nextInt(3) == 0 ? MOST_CLAIMED : 1);
        }
    }

    private boolean isWild() {
        return mood.get() == Mood.WILD;
    }

    /** What it holds stays with the dead; it may come back with some of it. */
    private void die() {
        ledger.count("deaths");
        session.dies();
        session.register(random.nextBoolean());
    }

    private void claim(int count) {
        if (session.life().isEmpty()) {
            session.register(random.nextBoolean());
        }
        String holder = session.id();
        Map<String, Object> body = session.claim();
        body.put("count", count);
        body.put("ttl", isWild() && random.nextInt(4) == 0 ? "PT2S" : "PT8S");
        if (random.nextInt(3) == 0) {
            body.put("wait", "PT1S");
        }
        // Whoever names types names those of this run only; the others take what there is.
        List<String> types = new ArrayList<>();
        for (int kind = 0; kind < Enqueuer.KINDS; kind++) {
            types.add(run + "-" + kind);
        }
        body.put("types", random.nextInt(3) == 0 ? List.of(Enqueuer.type(run, random)) : types);
        Optional<Door.Reply> answer = caller.ask("/api/tasks/claim", body, Caller.ANY);
        if (answer.isEmpty()) {
            return;
        }
        Door.Reply reply = answer.get();
        if (reply.ok()) {
            idle = reply.body().path("tasks").isEmpty();
            reply.body().path("tasks").forEach(task -> hold(task, holder));
        } else if (TaskSession.isOver(reply.body())) {
            ledger.count("sessions that ended");
            session.dies();
        } else {
            ledger.violated("a claim " + body + " was answered " + reply);
        }
    }

    private void hold(JsonNode task, String holder) {
        Right right = new Right(task.path("id").asText(), task.path("token").asLong());
        ledger.claimed(right, holder);
        if (!task.path("claimedBy").asText().equals(holder)) {
            ledger.violated(holder + " was given a task of somebody else: " + task);
        }
        if (isWild() && random.nextInt(12) == 0 && kept.size() < MOST_KEPT) {
            long late = Duration.ofMillis(500L + random.nextInt(4_000)).toNanos();
            kept.add(new Kept(right, holder, System.nanoTime() + late));
        } else if (isWild() && random.nextInt(60) == 0) {
            ledger.count("tasks left lying");
        } else {
            if (random.nextDouble() < RENEWS) {
                renew(right, holder);
            }
            finish(right, holder, ending());
        }
    }

    /** With what it kept for too long, or nearly so. */
    private void comeBack() {
        boolean now = mood.get() == Mood.TIDY;
        while (!kept.isEmpty() && (now || kept.getFirst().until() - System.nanoTime() < 0)) {
            Kept one = kept.removeFirst();
            if (now || random.nextDouble() > COMES_BACK / MOST_KEPT) {
                finish(one.right(), one.session(), ending());
            }
        }
    }

    private Ending ending() {
        if (mood.get() == Mood.TIDY) {
            return Ending.COMPLETE;
        }
        int dice = random.nextInt(20);
        return dice < 12
                ? Ending.COMPLETE
                : dice < 14 ? Ending.FAIL : dice < 16 ? Ending.SNOOZE : dice < 18 ? Ending.RELEASE : Ending.SKIP;
    }

    private void renew(Right right, String holder) {
        Map<String, Object> body = Map.of("session", holder, "token", right.token(), "ttl", "PT8S");
        caller.ask("/api/tasks/" + right.task() + "/renew", body, Caller.ANY).ifPresent(reply -> {
            if (reply.ok()) {
                ledger.count("renewed");
            } else if (!reply.problem().equals("stale-token") && !TaskSession.isOver(reply.body())) {
                ledger.violated("a renewal of " + right + " was answered " + reply);
            }
        });
    }

    private void finish(Right right, String holder, Ending ending) {
        Finish finish = new Finish(right, holder, ending, holder + " " + ++words);
        settle(finish);
        if (random.nextDouble() < REPEATS) {
            settle(finish);
        }
    }

    private void settle(Finish finish) {
        String path =
                "/api/tasks/" + finish.right().task() + "/" + finish.ending().verb();
        caller.ask(path, body(finish), TaskAgent::receipt).ifPresent(reply -> {
            if (reply.ok()) {
                ledger.finished(finish, reply.body().path("version").asInt());
            } else if (reply.problem().equals("stale-token")) {
                ledger.refused(finish);
            } else {
                ledger.violated(finish + " was answered " + reply);
            }
        });
    }

    /** The same for the same finish. */
    private static Map<String, Object> body(Finish finish) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("session", finish.session());
        body.put("token", finish.right().token());
        switch (finish.ending()) {
            case COMPLETE -> body.put("result", Map.of("words", finish.words()));
            case SKIP -> body.put("reason", finish.words());
            case FAIL -> {
                body.put("reason", finish.words());
                body.put("retryable", Math.floorMod(finish.words().hashCode(), 4) > 0);
            }
            case SNOOZE -> body.put("delay", "PT0.3S");
            case RELEASE -> {}
        }
        return body;
    }

    private static Object receipt(JsonNode body) {
        return List.of(body.path("version"), body.path("status"), body.path("result"));
    }
}
