package dev.homeroom.queue.repair;

import dev.homeroom.queue.claim.Bell;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.core.TaskStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hears from the coordinator's events which claims ended. A repeat changes nothing. Safe for concurrent use. */
public final class GrantEnds {
    private final TaskStore store;
    private final Sweep sweep;
    private final Bell bell;

    /** Takes them into this store. */
    public GrantEnds(TaskStore store, Sweep sweep, Bell bell) {
        this.store = store;
        this.sweep = sweep;
        this.bell = bell;
    }

    /** Takes ended claims out of the rows. */
    public CompletionStage<Void> apply(List<GrantEnd> ends) {
        if (ends.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return Unlocked.only(ends, store::grantsEnded).thenAccept(back -> {
            if (!back.isEmpty()) {
                bell.ring();
            }
        });
    }

    /** Events were lost: what they told is asked for instead. */
    public CompletionStage<Void> resynchronise() {
        return sweep.run();
    }
}
