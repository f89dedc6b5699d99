package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * What must hold after every entry for those who wait; remembers what it needs of the past. Answers what is broken, by
 * name. For entries of one command each. Slow and plain on purpose: it looks for itself, not as the core does.
 */
final class WaitInvariants {
    private final Map<Long, Waiter> waitersBefore = new TreeMap<>();
    private final Map<Long, Grant> grantsBefore = new HashMap<>();
    private final Map<ResourceKey, Delay> delaysBefore = new HashMap<>();
    private final Set<Long> everEnded = new HashSet<>();
    private Cursor read = Cursor.START;

    List<String> check(State state, Command command, Applied applied) {
        List<String> broken = new ArrayList<>();
        List<Change.OfGrant> changes = changes(state);
        ends(state, applied, broken);
        order(state, changes, applied, broken);
        allOrNothing(state, applied, broken);
        unconfirmed(state, command, changes, broken);
        indexes(state, broken);
        nobodyIsForgotten(state, broken);
        circles(state, broken);
        remember(state);
        return broken;
    }

    private List<Change.OfGrant> changes(State state) {
        List<Change.OfGrant> changes = new ArrayList<>();
        for (Published published : state.backlog(read, Integer.MAX_VALUE)) {
            read = published.at();
            if (published.change() instanceof Change.OfGrant change) {
                changes.add(change);
            }
        }
        return changes;
    }

    private void remember(State state) {
        waitersBefore.clear();
        grantsBefore.clear();
        delaysBefore.clear();
        state.waiters(waiter -> waitersBefore.put(waiter.ticket(), waiter));
        state.grants(grant -> grantsBefore.put(grant.token(), grant));
        state.delays(delay -> delaysBefore.put(delay.resource(), delay));
    }

    /** Each waiter is there or has ended once; a live one has a live session. */
    private void ends(State state, Applied applied, List<String> broken) {
        Set<Long> gone = new TreeSet<>(waitersBefore.keySet());
        state.waiters(waiter -> {
            gone.remove(waiter.ticket());
            Session session = state.sessions.get(waiter.session());
            if (session == null || !session.live() || session.incarnation() != waiter.incarnation()) {
                broken.add("no waiter without a live session: " + waiter.ticket());
            }
            if (everEnded.contains(waiter.ticket())) {
                broken.add("every waiter ends once: " + waiter.ticket());
            }
        });
        for (WaitEnd end : applied.waitEnds()) {
            gone.remove(end.ticket());
            if (!everEnded.add(end.ticket())) {
                broken.add("every waiter ends once: " + end.ticket());
            }
        }
        gone.forEach(ticket -> broken.add("every waiter ends with an answer: " + ticket));
    }

    /** First come first served; only stealing and forcing, which name who did it, overtake and ignore a delay. */
    private void order(State state, List<Change.OfGrant> changes, Applied applied, List<String> broken) {
        Map<Long, Long> tickets = new HashMap<>();
        for (WaitEnd end : applied.waitEnds()) {
            // Several requests of an owner end with one grant: that of the first.
            tokens(end.answer()).forEach(token -> tickets.merge(token, end.ticket(), Math::min));
        }
        for (Change.OfGrant change : changes) {
            if (change.reason() != null || !change.by().isEmpty()) {
                continue;
            }
            Set<ResourceKey> taken = new TreeSet<>(Set.of(new ResourceKey(change.kind(), change.name())));
            state.grants(grant -> {
                if (grant.token() == change.token()) {
                    grant.limits().forEach(limit -> taken.add(new ResourceKey(Kind.LIMIT, limit)));
                }
            });
            long place = tickets.getOrDefault(change.token(), Long.MAX_VALUE);
            for (ResourceKey resource : taken) {
                Delay delay = delaysBefore.get(resource);
                if (delay != null && delay.until() > state.now()) {
                    broken.add("nobody gets what is delayed: " + resource);
                }
                state.waiters(waiter -> {
                    if (waiter.ticket() < place && waiter.resources().contains(resource)) {
                        broken.add("nobody is overtaken: " + waiter.ticket() + " at " + resource);
                    }
                });
            }
        }
    }

    private static List<Long> tokens(Answer answer) {
        return switch (answer) {
            case Answer.Granted(GrantView grant, int _) -> List.of(grant.token());
            case Answer.GrantedAll(List<GrantView> grants) ->
                grants.stream().map(GrantView::token).toList();
            default -> List.of();
        };
    }

    private static void allOrNothing(State state, Applied applied, List<String> broken) {
        Set<Long> held = new HashSet<>();
        state.grants(grant -> held.add(grant.token()));
        for (WaitEnd end : applied.waitEnds()) {
            if (!held.containsAll(tokens(end.answer()))) {
                broken.add("all or nothing: " + end);
            }
        }
    }

    private void unconfirmed(State state, Command command, List<Change.OfGrant> changes, List<String> broken) {
        for (Change.OfGrant change : changes) {
            if (change.reason() != EndReason.UNCONFIRMED || command instanceof Command.CancelWait) {
                continue;
            }
            Grant was = grantsBefore.get(change.token());
            Provision provision = was == null ? null : was.extras().provision();
            if (provision == null || provision.seq() == 0 || provision.until() > state.now()) {
                broken.add("no end of what is confirmed, or may be yet: " + change.token());
            }
        }
    }

    private static void indexes(State state, List<String> broken) {
        Map<ResourceKey, Integer> sizes = new TreeMap<>();
        int[] waiters = new int[1];
        int[] places = new int[1];
        state.waiters(waiter -> {
            waiters[0]++;
            places[0] += waiter.resources().size();
            boolean known = state.waits.get(new Due.Held(waiter.session(), waiter.ticket())) != null
                    && state.waitDeadlines.get(new Due.OfGrant(waiter.deadline(), waiter.ticket())) != null;
            for (ResourceKey resource : waiter.resources()) {
                sizes.merge(resource, 1, Integer::sum);
                known &= state.queues.get(new QueuePlace(resource.kind(), resource.name(), waiter.ticket())) != null;
            }
            if (!known) {
                broken.add("every waiter in its indexes: " + waiter.ticket());
            }
        });
        sizes.forEach((resource, size) -> {
            if (!size.equals(state.queueSizes.get(resource))) {
                broken.add("queues counted: " + resource);
            }
        });
        int[] provisional = new int[1];
        state.grants(grant -> {
            Provision provision = grant.extras().provision();
            provisional[0] += provision == null ? 0 : 1;
            if (provision != null
                    && state.provisional.get(new Due.Provided(grant.key().session(), provision.seq(), grant.token()))
                            == null) {
                broken.add("every provisional grant in its index: " + grant.token());
            }
        });
        boolean same = state.waits.size() == waiters[0]
                && state.waitDeadlines.size() == waiters[0]
                && state.queues.size() == places[0]
                && state.queueSizes.size() == sizes.size()
                && state.provisional.size() == provisional[0]
                && state.delayEnds.size() == state.delays.size();
        if (!same || !state.agenda.isEmpty()) {
            broken.add("indexes of waiters hold nothing else");
        }
    }

    private static boolean owns(State state, Waiter waiter, ResourceKey resource) {
        return state.grants.get(waiter.key(resource)) != null;
    }

    /** Who is first everywhere and finds everything free has got it. */
    private static void nobodyIsForgotten(State state, List<String> broken) {
        Set<ResourceKey> seen = new HashSet<>();
        state.waiters(waiter -> {
            boolean all = true;
            for (ResourceKey resource : waiter.resources()) {
                boolean first = seen.add(resource);
                boolean free = resource.kind() == Kind.LIMIT
                        ? Room.ofLimit(state, resource.name()) > 0
                        : state.firstOf(resource.kind(), resource.name()) == null && state.delays.get(resource) == null;
                all &= owns(state, waiter, resource) || (first && free);
            }
            if (all) {
                broken.add("nobody is forgotten: " + waiter.ticket());
            }
        });
    }

    /** No circle of owners that wait for each other is left. */
    private static void circles(State state, List<String> broken) {
        Map<WaitNode, Set<WaitNode>> edges = new TreeMap<>();
        BiConsumer<WaitNode, WaitNode> edge = (from, to) -> {
            if (!from.equals(to)) {
                edges.computeIfAbsent(from, node -> new TreeSet<>()).add(to);
            }
        };
        Map<ResourceKey, List<Waiter>> earlier = new HashMap<>();
        state.waiters(waiter -> {
            for (ResourceKey resource : waiter.resources()) {
                List<Waiter> queue = earlier.computeIfAbsent(resource, r -> new ArrayList<>());
                if (resource.kind() != Kind.LIMIT && !owns(state, waiter, resource)) {
                    Grant held = state.firstOf(resource.kind(), resource.name());
                    if (held != null) {
                        edge.accept(WaitNode.of(waiter), WaitNode.of(held.key()));
                    }
                    for (Waiter other : queue) {
                        if (other.key(resource).equals(waiter.key(resource))) {
                            break;
                        }
                        edge.accept(WaitNode.of(waiter), WaitNode.of(other));
                    }
                }
                queue.add(waiter);
            }
        });
        // Who waits for nobody can go on, and then those who waited for it.
        boolean moved = true;
        while (moved) {
            moved = edges.values().removeIf(Set::isEmpty);
            for (Set<WaitNode> targets : edges.values()) {
                moved |= targets.removeIf(target -> !edges.containsKey(target));
            }
        }
        if (!edges.isEmpty()) {
            broken.add("no circle of waiters: " + edges);
        }
    }
}
