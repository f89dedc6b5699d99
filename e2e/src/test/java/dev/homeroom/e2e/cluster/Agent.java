package dev.homeroom.e2e.cluster;

import dev.homeroom.e2e.linearizable.GrantModel.Input;
import dev.homeroom.e2e.linearizable.GrantModel.Output;
import dev.homeroom.e2e.linearizable.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One session that acquires, renews and gives back. A request without an answer is sent again under the same seq at
 * another replica, now and then at two at once; both must say the same. Now and then the agent gives up on one.
 */
final class Agent implements Runnable {
    private static final long PAUSE_NANOS = Duration.ofMillis(25).toNanos();
    private static final long AGAIN_NANOS = Duration.ofMillis(60).toNanos();
    private static final Duration GIVES_UP = Duration.ofSeconds(30);
    /** Nothing expires in a run: what ends by itself is an error. */
    private static final String TTL = "PT12H";

    private static final double AT_TWO = 0.05;
    private static final double GIVES_UP_AT_ONCE = 0.05;

    private final int client;
    private final String session;
    private final List<Door> doors;
    private final Resources resources;
    private final Ledger ledger;
    private final Random random;
    private final BooleanSupplier stopped;
    private final Map<String, Long> tokens = new HashMap<>();
    private final List<History<Input, Output>.Call> givenUp = new ArrayList<>();
    private long seq;

    Agent(
            int client,
            String session,
            List<Door> doors,
            Resources resources,
            Ledger ledger,
            Random random,
            BooleanSupplier stopped) {
        this.client = client;
        this.session = session;
        this.doors = doors;
        this.resources = resources;
        this.ledger = ledger;
        this.random = random;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        while (!stopped.getAsBoolean() && ledger.violations().isEmpty()) {
            String resource = resources.any(random);
            change(resource, next(tokens.get(resource)));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Also what is no use: acquiring what it has, and giving back what it has given back. */
    private Input next(@org.jspecify.annotations.Nullable Long token) {
        int dice = random.nextInt(10);
        if (token == null || dice == 0) {
            return new Input.Acquire(session);
        }
        return dice < 4 ? new Input.Renew(session, token) : new Input.Release(session, token);
    }

    private void change(String resource, Input input) {
        seq++;
        var call = ledger.history().invoke(resource, client, input);
        Optional<Output> output = answer(resource, input);
        if (output.isPresent()) {
            call.returned(output.get());
            ledger.acknowledged();
            learn(resource, output.get());
            // This seq told the replicas that nobody waits for the earlier ones: they must not be executed any more.
            givenUp.forEach(earlier -> earlier.unseen());
            givenUp.clear();
        } else {
            ledger.gaveUp();
            givenUp.add(call);
            tokens.remove(resource);
        }
    }

    private Optional<Output> answer(String resource, Input input) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < GIVES_UP.toNanos()) {
            for (Door.Reply reply : ask(resource, input)) {
                Optional<Output> output = Answers.of(input, reply);
                if (output.isPresent()) {
                    return output;
                }
                if (!reply.unknown() && !reply.nothingDone()) {
                    ledger.violated(session + ": " + input + " of " + resource + " was answered " + reply);
                    return Optional.empty();
                }
                if (reply.unknown() && random.nextDouble() < GIVES_UP_AT_ONCE) {
                    return Optional.empty();
                }
            }
            ledger.repeated();
            LockSupport.parkNanos(AGAIN_NANOS);
        }
        return Optional.empty();
    }

    private List<Door.Reply> ask(String resource, Input input) {
        Door one = doors.get(random.nextInt(doors.size()));
        if (random.nextDouble() >= AT_TWO) {
            return List.of(send(one, resource, input));
        }
        Door two = doors.get(random.nextInt(doors.size()));
        CompletableFuture<Door.Reply> beside = CompletableFuture.supplyAsync(() -> send(two, resource, input));
        List<Door.Reply> both = List.of(send(one, resource, input), beside.join());
        compare(resource, input, Answers.of(input, both.getFirst()), Answers.of(input, both.getLast()));
        return both;
    }

    private void compare(String resource, Input input, Optional<Output> one, Optional<Output> two) {
        if (one.isPresent() && two.isPresent() && !one.equals(two)) {
            ledger.violated("%s: %s of %s, sent twice as seq %d, was answered %s and %s"
                    .formatted(session, input, resource, seq, one.get(), two.get()));
        }
    }

    private Door.Reply send(Door door, String resource, Input input) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("session", session);
        body.put("incarnation", 1);
        body.put("seq", seq);
        body.put("unanswered", seq);
        String verb = switch (input) {
            case Input.Acquire _ -> {
                body.put("ttl", TTL);
                yield "acquire";
            }
            case Input.Renew renew -> {
                body.put("token", renew.token());
                yield "renew";
            }
            case Input.Release release -> {
                body.put("token", release.token());
                yield "release";
            }
            case Input.Look _ -> throw new IllegalArgumentException("not a change");
        };
        Door.Reply reply = door.post("/api/" + resource + "/" + verb, body);
        ledger.replied(reply);
        return reply;
    }

    private void learn(String resource, Output output) {
        if (output instanceof Output.Granted granted) {
            tokens.put(resource, granted.token());
            ledger.granted(granted.token(), resource, session);
        } else if (!(output instanceof Output.Released) || random.nextInt(4) > 0) {
            // A token that was given back is kept now and then, to be used where it must not be taken.
            tokens.remove(resource);
        }
    }
}
