package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Step;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.ReleaseRequest;
import dev.homeroom.coordinator.v1.RequestId;
import dev.homeroom.coordinator.v1.Session;
import java.util.List;

/** Acquire and release, both exactly once: every caller is a session with a seq of its own. */
final class LockPairs implements Step {
    private final String kind;
    private final int names;
    private final List<? extends LockWire> wires;
    private final Session[] sessions;
    private final long[] seq;

    /**
     * For so many callers.
     *
     * @param wires callers take turns in using them
     * @param kind lock or limit
     * @param names how many resources the callers share; 0: each has one of its own
     */
    LockPairs(List<? extends LockWire> wires, Agents agents, int callers, String kind, int names) {
        this.kind = kind;
        this.names = names;
        this.wires = wires;
        this.sessions = new Session[callers];
        this.seq = new long[callers];
        for (int i = 0; i < callers; i++) {
            sessions[i] = agents.get(i);
        }
    }

    @Override
    public void run(int caller, Done done) {
        Session session = sessions[caller];
        AcquireRequest request = AcquireRequest.newBuilder()
                .setKind(kind)
                .setName(name(caller))
                .setSession(session.getId())
                .setIncarnation(session.getIncarnation())
                .setRequest(next(caller))
                .build();
        wire(caller).acquire(request, done, grant -> release(caller, grant, done));
    }

    private void release(int caller, Grant grant, Done done) {
        done.part();
        Session session = sessions[caller];
        ReleaseRequest request = ReleaseRequest.newBuilder()
                .setKind(kind)
                .setName(grant.getName())
                .setSession(session.getId())
                .setIncarnation(session.getIncarnation())
                .setToken(grant.getToken())
                .setRequest(next(caller))
                .build();
        wire(caller).release(request, done);
    }

    private LockWire wire(int caller) {
        return wires.get(caller % wires.size());
    }

    /** A caller has one request under way, so its newest seq is the lowest one that is open. */
    private RequestId next(int caller) {
        long fresh = ++seq[caller];
        return RequestId.newBuilder().setSeq(fresh).setUnanswered(fresh).build();
    }

    private String name(int caller) {
        return "bench-" + (names == 0 ? caller : caller % names);
    }
}
