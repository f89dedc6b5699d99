package dev.homeroom.client.lock;

import dev.homeroom.client.session.Beat;
import dev.homeroom.client.session.Loss;
import dev.homeroom.client.session.SessionListener;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a session holds through this client, told by its heartbeats what it has lost. Thread-safe. */
final class Holdings implements SessionListener {
    /** As many as the coordinator repeats to a session (its {@code Bounds}). */
    private static final int REMEMBERED = 256;

    private final Set<Held> held = new HashSet<>();
    /** A heartbeat may tell of a loss before the answer to the acquire was read. */
    private final Map<Long, GrantLoss> revoked = new LinkedHashMap<>();

    private @Nullable GrantLoss over;

    void add(Held one) {
        GrantLoss loss;
        synchronized (held) {
            held.add(one);
            loss = over == null ? revoked.get(one.token()) : over;
        }
        if (loss != null) {
            one.lose(loss);
        }
    }

    void remove(Held one) {
        synchronized (held) {
            held.remove(one);
        }
    }

    @Override
    public void onRevoked(Beat.Revoked grant) {
        GrantLoss loss =
                new GrantLoss(GrantLoss.Reason.TAKEN, grant.resource() + " was taken away: " + grant.reason() + ".");
        List<Held> lost;
        synchronized (held) {
            revoked.put(grant.token(), loss);
            if (revoked.size() > REMEMBERED) {
                revoked.remove(revoked.keySet().iterator().next());
            }
            lost = held.stream().filter(one -> one.token() == grant.token()).toList();
        }
        lost.forEach(one -> one.lose(loss));
    }

    @Override
    public void onLost(Loss session) {
        GrantLoss loss = new GrantLoss(GrantLoss.Reason.SESSION_LOST, session.detail());
        List<Held> lost;
        synchronized (held) {
            over = loss;
            lost = List.copyOf(held);
        }
        lost.forEach(one -> one.lose(loss));
    }
}
