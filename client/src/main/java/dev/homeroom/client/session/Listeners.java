package dev.homeroom.client.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those who are told about a session, each of them the loss exactly once. A listener that throws harms no other. */
final class Listeners {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final List<SessionListener> all = new ArrayList<>();
    private @Nullable Loss loss;

    void add(SessionListener listener) {
        Loss known;
        synchronized (all) {
            all.add(listener);
            known = loss;
        }
        if (known != null) {
            tell(listener, l -> l.onLost(known));
        }
    }

    /** Whether one of them took it. */
    boolean assigned(Beat.Assigned task) {
        AtomicBoolean taken = new AtomicBoolean();
        for (SessionListener listener : present()) {
            tell(listener, l -> taken.compareAndSet(false, l.onAssigned(task)));
        }
        return taken.get();
    }

    void revoked(Beat.Revoked grant) {
        present().forEach(listener -> tell(listener, l -> l.onRevoked(grant)));
    }

    void lost(Loss reason) {
        List<SessionListener> told;
        synchronized (all) {
            loss = reason;
            told = List.copyOf(all);
        }
        told.forEach(listener -> tell(listener, l -> l.onLost(reason)));
    }

    private List<SessionListener> present() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    private static void tell(SessionListener listener, Consumer<SessionListener> what) {
        try {
            what.accept(listener);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A session listener failed; heartbeats go on.", e);
        }
    }
}
