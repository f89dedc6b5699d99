package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.Owner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What sessions can do, asked of the coordinator when one was passed over: with that, tasks it cannot do no longer stand in
 * the way of those behind them. It never changes within an incarnation. Where no task needs a capability, nobody is asked.
 * Safe for concurrent use.
 */
final class Abilities {
    /** Sessions remembered, the latest; a forgotten one is asked for again. */
    static final int MOST = 10_000;

    private final GrantAuthority authority;
    private final Map<Owner, Set<String>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Owner, Set<String>> eldest) {
            return size() > MOST;
        }
    };

    Abilities(GrantAuthority authority) {
        this.authority = authority;
    }

    /** The same claim, taking only what its session can do if that is known. */
    Claim applied(Claim claim) {
        if (claim.only() != null || claim.filter().able() != null) {
            return claim;
        }
        synchronized (known) {
            var able = known.get(claim.owner());
            return able == null ? claim : claim.by(able);
        }
    }

    /** Asks for what the session can do; never fails, for without an answer the coordinator goes on deciding alone. */
    CompletionStage<Void> learn(Owner owner) {
        return asked(owner).exceptionally(_ -> Optional.empty()).thenAccept(able -> {
            if (able.isPresent()) {
                synchronized (known) {
                    known.put(owner, able.get());
                }
            }
        });
    }

    private CompletionStage<Optional<Set<String>>> asked(Owner owner) {
        try {
            return authority.capabilities(owner);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
