package dev.homeroom.coordinator.core;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who waits for an owner, through whomever: for what it holds, or behind it in a queue. Rather more than fewer, so that it
 * can rule a circle out but not prove one; that is {@link WaitsFor}'s. Usually few wait behind an owner, however many it
 * waits behind itself, so it is asked first. Changes nothing.
 */
final class WaitsBehind {
    private final State state;
    private final Queues queues;
    private final WaitNode owner;
    private final Predicate<ResourceKey> wanted;
    private final int bound;
    private final Set<WaitNode> reached = new HashSet<>();
    private final ArrayDeque<WaitNode> open = new ArrayDeque<>();
    /** From which ticket on a queue was gone through. */
    private final Map<ResourceKey, Long> scanned = new HashMap<>();

    private int examined;
    private boolean possible;

    /**
     * A search.
     *
     * @param wanted what the owner is about to wait for
     * @param bound how many waiters, and grants of others, it looks at; beyond, a circle counts as possible
     */
    WaitsBehind(State state, Queues queues, WaitNode owner, Predicate<ResourceKey> wanted, int bound) {
        this.state = state;
        this.queues = queues;
        this.owner = owner;
        this.wanted = wanted;
        this.bound = bound;
    }

    /** Whether one behind the owner may be in its way: then, and only then, there may be a circle. */
    boolean circlePossible() {
        open.add(owner);
        while (!open.isEmpty() && goesOn()) {
            WaitNode node = open.remove();
            behindGrants(node);
            for (Waiter waiter : goesOn() ? queues.of(node.session()) : List.<Waiter>of()) {
                if (WaitNode.of(waiter).equals(node)) {
                    waiter.resources().forEach(resource -> behind(node, resource, waiter.ticket() + 1));
                }
            }
        }
        return possible || examined >= bound;
    }

    private boolean goesOn() {
        return !possible && examined < bound;
    }

    private void behindGrants(WaitNode node) {
        state.held.scan(new Due.Held(node.session(), 0), (place, key) -> {
            if (!place.session().equals(node.session())) {
                return false;
            }
            examined += node.equals(owner) ? 0 : 1;
            if (WaitNode.of(key).equals(node)) {
                behind(node, new ResourceKey(key.kind(), key.name()), 0);
            }
            return goesOn();
        });
    }

    /** Whoever stands in the queue from a ticket on waits for the node, which holds the resource or stands before. */
    private void behind(WaitNode node, ResourceKey resource, long from) {
        if (resource.kind() == Kind.LIMIT) {
            return;
        }
        if (!node.equals(owner) && wanted.test(resource)) {
            possible = true;
        }
        long upTo = scanned.getOrDefault(resource, Long.MAX_VALUE);
        if (from >= upTo || !goesOn() || !queues.awaited(resource.kind(), resource.name())) {
            return;
        }
        scanned.put(resource, from);
        queues.scan(resource, from, waiter -> {
            if (waiter.ticket() >= upTo) {
                return false;
            }
            examined++;
            add(node, WaitNode.of(waiter));
            return goesOn();
        });
    }

    private void add(WaitNode node, WaitNode waiting) {
        if (waiting.equals(owner)) {
            possible |= !node.equals(owner);
        } else if (reached.add(waiting)) {
            open.add(waiting);
        }
    }
}
