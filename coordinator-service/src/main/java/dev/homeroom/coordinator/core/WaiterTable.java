package dev.homeroom.coordinator.core;

/** Keeps waiters, the queues they stand in and their deadlines in step. */
final class WaiterTable {
    private final State state;

    WaiterTable(State state) {
        this.state = state;
    }

    void began(Waiter waiter) {
        state.head = state.head.withTicket(waiter.ticket());
        enter(state, waiter);
    }

    /** Puts a waiter into all tables; from a snapshot too. */
    static void enter(State state, Waiter waiter) {
        state.waiters.put(waiter.ticket(), waiter);
        state.waits.put(new Due.Held(waiter.session(), waiter.ticket()), waiter.ticket());
        state.waitDeadlines.put(new Due.OfGrant(waiter.deadline(), waiter.ticket()), waiter.ticket());
        for (ResourceKey resource : waiter.resources()) {
            state.queues.put(new QueuePlace(resource.kind(), resource.name(), waiter.ticket()), waiter.ticket());
            Integer size = state.queueSizes.get(resource);
            state.queueSizes.put(resource, size == null ? 1 : size + 1);
        }
    }

    void attached(Waiter waiter, String attachment) {
        state.waiters.put(waiter.ticket(), waiter.attachedTo(attachment));
    }

    /** Its queues move up. */
    void ended(Waiter waiter) {
        state.waiters.remove(waiter.ticket());
        state.waits.remove(new Due.Held(waiter.session(), waiter.ticket()));
        state.waitDeadlines.remove(new Due.OfGrant(waiter.deadline(), waiter.ticket()));
        for (ResourceKey resource : waiter.resources()) {
            state.queues.remove(new QueuePlace(resource.kind(), resource.name(), waiter.ticket()));
            Integer size = state.queueSizes.get(resource);
            if (size == null || size == 1) {
                state.queueSizes.remove(resource);
            } else {
                state.queueSizes.put(resource, size - 1);
                state.agenda.freed.add(resource);
            }
        }
        if (!state.waiters.isEmpty()) {
            state.agenda.stirred.add(WaitNode.of(waiter));
        }
    }

    /** Whether anybody waits for the resource. */
    boolean awaited(GrantKey key) {
        return !state.queueSizes.isEmpty() && state.queueSizes.get(new ResourceKey(key.kind(), key.name())) != null;
    }

    /** Whether the owner waits for this grant itself, as it does with several at once of which it has some. */
    boolean wanted(GrantKey key) {
        ResourceKey resource = new ResourceKey(key.kind(), key.name());
        return awaited(key)
                && new Queues(state)
                        .of(key.session()).stream()
                                .anyMatch(waiter -> waiter.resources().contains(resource)
                                        && waiter.key(resource).equals(key));
    }

    /** Unless nobody waits. */
    void freed(ResourceKey resource) {
        if (!state.queueSizes.isEmpty() && state.queueSizes.get(resource) != null) {
            state.agenda.freed.add(resource);
        }
    }

    /** The capacity of limits nobody has set may have changed. */
    void allLimitsFreed() {
        state.queueSizes.scan(new ResourceKey(Kind.LIMIT, ""), (resource, size) -> {
            state.agenda.freed.add(resource);
            return true;
        });
    }
}
