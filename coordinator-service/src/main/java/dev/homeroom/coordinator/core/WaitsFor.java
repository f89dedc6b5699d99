package dev.homeroom.coordinator.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom: a waiter's owner waits for the holder of each of its locks and claims, and for the owners of
 * earlier waiters for them. Limits have no such edges: a permit may come from any holder, or from a raised capacity.
 * What the owner itself holds, or will get through an earlier request, it does not wait for. Changes nothing.
 */
final class WaitsFor {
    /** Waiters one search looks at; beyond, a circle counts as found, so that none is ever overlooked. */
    static final int EXAMINED = 20_000;
    /** What the look behind an owner may cost before the search: a few milliseconds. */
    private static final int BEHIND = 2_000;

    private final State state;
    private final Queues queues;

    WaitsFor(State state, Queues queues) {
        this.state = state;
        this.queues = queues;
    }

    /**
     * A circle of owners, each waiting for the next.
     *
     * @param waiter through which the first owner waits
     * @param sentences one for each of the first {@link Bounds#CYCLE} owners; empty when the search was given up
     */
    record Circle(Waiter waiter, List<String> sentences) {}

    /** The circle that a newcomer would close; null: none. */
    @Nullable
    Circle closedBy(Waiter newcomer) {
        Predicate<ResourceKey> wanted =
                resource -> newcomer.resources().contains(resource) && state.grants.get(newcomer.key(resource)) == null;
        return circle(WaitNode.of(newcomer), newcomer, wanted);
    }

    /** A circle through an owner; null: none. */
    @Nullable
    Circle through(WaitNode owner) {
        boolean waits = queues.of(owner.session()).stream()
                .anyMatch(waiter -> WaitNode.of(waiter).equals(owner));
        return waits ? circle(owner, null, resource -> false) : null;
    }

    /** From behind first, where few stand; both ways to the end before one is refused for a circle nobody has seen. */
    private @Nullable Circle circle(WaitNode owner, @Nullable Waiter newcomer, Predicate<ResourceKey> wanted) {
        if (!new WaitsBehind(state, queues, owner, wanted, BEHIND).circlePossible()) {
            return null;
        }
        Circle circle = new Search(owner, newcomer).circle();
        boolean unseen = circle != null && circle.sentences().isEmpty();
        return unseen && !new WaitsBehind(state, queues, owner, wanted, EXAMINED).circlePossible() ? null : circle;
    }

    /** Why the owner {@code from} waits for {@code to}. */
    private record Step(WaitNode from, Waiter waiter, ResourceKey resource, boolean held, WaitNode to) {
        String sentence() {
            String what = resource.kind().label() + " " + resource.name();
            return from + " waits for " + what + (held ? " held by " : " after ") + to;
        }
    }

    /** Breadth first, so that the circle found is a shortest one. */
    private final class Search {
        private final WaitNode start;
        private final @Nullable Waiter newcomer;
        private final Map<WaitNode, Step> reached = new HashMap<>();
        private final Map<ResourceKey, Long> scanned = new HashMap<>();
        private final ArrayDeque<WaitNode> open = new ArrayDeque<>();
        private int examined;
        private @Nullable Step closing;
        private @Nullable Waiter first;

        Search(WaitNode start, @Nullable Waiter newcomer) {
            this.start = start;
            this.newcomer = newcomer;
        }

        @Nullable
        Circle circle() {
            if (newcomer != null) {
                expand(start, newcomer);
            }
            open.add(start);
            while (!open.isEmpty() && goesOn()) {
                WaitNode node = open.remove();
                for (Waiter waiter : queues.of(node.session())) {
                    if (goesOn() && WaitNode.of(waiter).equals(node)) {
                        expand(node, waiter);
                    }
                }
            }
            if (closing != null) {
                return found(closing);
            }
            return examined >= EXAMINED && first != null ? new Circle(first, List.of()) : null;
        }

        private boolean goesOn() {
            return closing == null && examined < EXAMINED;
        }

        private void expand(WaitNode node, Waiter waiter) {
            if (first == null) {
                first = waiter;
            }
            for (ResourceKey resource : waiter.resources()) {
                if (resource.kind() == Kind.LIMIT || state.grants.get(waiter.key(resource)) != null) {
                    continue;
                }
                Grant grant = state.firstOf(resource.kind(), resource.name());
                if (grant != null) {
                    edge(new Step(node, waiter, resource, true, WaitNode.of(grant.key())));
                }
                earlier(node, waiter, resource);
            }
        }

        /**
         * Up to the owner's own first waiter there: what that one gets is got for all its requests. Each queue is gone
         * through once; but not marked by the start, whose own waiters others may stand behind.
         */
        private void earlier(WaitNode node, Waiter waiter, ResourceKey resource) {
            long from = scanned.getOrDefault(resource, 0L);
            long[] upTo = {from};
            queues.scan(resource, from, earlier -> {
                upTo[0] = earlier.ticket();
                if (earlier.ticket() >= waiter.ticket() || earlier.key(resource).equals(waiter.key(resource))) {
                    return false;
                }
                examined++;
                edge(new Step(node, waiter, resource, false, WaitNode.of(earlier)));
                return goesOn();
            });
            if (!node.equals(start)) {
                scanned.put(resource, upTo[0]);
            }
        }

        private void edge(Step step) {
            if (step.from().equals(step.to()) || closing != null) {
                return;
            }
            if (step.to().equals(start)) {
                closing = step;
            } else if (reached.putIfAbsent(step.to(), step) == null) {
                open.add(step.to());
            }
        }

        private Circle found(Step last) {
            List<Step> steps = new ArrayList<>();
            for (Step step = last; step != null; step = step.from().equals(start) ? null : reached.get(step.from())) {
                steps.addFirst(step);
            }
            List<String> sentences = new ArrayList<>();
            steps.stream().limit(Bounds.CYCLE).map(Step::sentence).forEach(sentences::add);
            if (steps.size() > Bounds.CYCLE) {
                sentences.add("and so on: " + (steps.size() - Bounds.CYCLE) + " more wait in this circle");
            }
            return new Circle(steps.getFirst().waiter(), sentences);
        }
    }
}
