package dev.homeroom.queue.core;

import java.util.UUID;

/**
 * A live claim in the coordinator.
 *
 * @param task the task
 * @param token the token of the grant
 * @param holder who holds it
 */
public record HeldTask(UUID task, long token, Holder holder) {
    /** The claim as its holder names it. */
    public Hold hold() {
        return new Hold(task, holder.session(), token);
    }
}
