package dev.homeroom.e2e.linearizable;

import dev.homeroom.e2e.linearizable.GrantModel.Input;
import dev.homeroom.e2e.linearizable.GrantModel.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Histories of a lock that works: each operation takes effect at one instant between its invocation and its return, which
 * are moved apart at random, and some answers get lost. Everything follows from the seed.
 */
final class RandomHistory {
    private static final int STEP = 1_000;

    private final Random random;
    private final int clients;
    private final double lost;
    private final long[] tokens;
    private final long[] busyUntil;
    private String owner = GrantModel.NOBODY;
    private long token;
    private long last;

    RandomHistory(long seed, int clients, double lost) {
        this.random = new Random(seed);
        this.clients = clients;
        this.lost = lost;
        this.tokens = new long[clients];
        this.busyUntil = new long[clients];
        Arrays.fill(busyUntil, -1);
    }

    List<Operation<Input, Output>> of(int operations) {
        List<Operation<Input, Output>> history = new ArrayList<>();
        for (int i = 1; history.size() < operations; i++) {
            long effect = (long) i * STEP;
            int client = random.nextInt(clients);
            if (busyUntil[client] < effect) {
                history.add(next(client, effect));
            }
        }
        return history;
    }

    private Operation<Input, Output> next(int client, long effect) {
        long invoked = Math.max(busyUntil[client] + 1, effect - random.nextInt(4 * STEP));
        Input input = input(client);
        boolean executed = random.nextDouble() >= lost / 2;
        if (!executed || random.nextDouble() < lost / 2) {
            if (executed) {
                long known = tokens[client];
                execute(client, input);
                tokens[client] = known;
            }
            busyUntil[client] = effect + random.nextInt(4 * STEP);
            return random.nextBoolean()
                    ? Operation.open(client, input, invoked)
                    : new Operation<>(client, input, invoked, null, busyUntil[client]);
        }
        Output output = execute(client, input);
        busyUntil[client] = effect + random.nextInt(4 * STEP);
        return new Operation<>(client, input, invoked, output, busyUntil[client]);
    }

    private Input input(int client) {
        String name = name(client);
        return switch (random.nextInt(6)) {
            case 0, 1 -> new Input.Acquire(name);
            case 2 -> new Input.Renew(name, tokens[client]);
            case 3, 4 -> new Input.Release(name, tokens[client]);
            default -> new Input.Look();
        };
    }

    private Output execute(int client, Input input) {
        String name = name(client);
        return switch (input) {
            case Input.Acquire _ -> acquire(client, name);
            case Input.Renew renew ->
                current(name, renew.token()) ? new Output.Granted(token) : new Output.Stale(owner);
            case Input.Release release -> {
                if (!current(name, release.token())) {
                    yield new Output.Stale(owner);
                }
                owner = GrantModel.NOBODY;
                token = 0;
                yield new Output.Released();
            }
            case Input.Look _ -> new Output.Seen(owner, token);
        };
    }

    private Output acquire(int client, String name) {
        if (owner.isEmpty()) {
            owner = name;
            last += 1 + random.nextInt(3);
            token = last;
        }
        if (!owner.equals(name)) {
            return new Output.Held(owner);
        }
        tokens[client] = token;
        return new Output.Granted(token);
    }

    private boolean current(String name, long asked) {
        return owner.equals(name) && token == asked;
    }

    private static String name(int client) {
        return "s" + client;
    }
}
