package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.load.Reply;
import dev.homeroom.bench.load.Step;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import dev.homeroom.coordinator.v1.CoordinatorGrpc.CoordinatorStub;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.ReleaseRequest;
import dev.homeroom.coordinator.v1.RequestId;
import dev.homeroom.coordinator.v1.Session;

/** Acquire and release, both exactly once: every caller is a session with a seq of its own. */
final class LockPairs implements Step {
    private final String kind;
    private final int names;
    private final CoordinatorStub[] stubs;
    private final Session[] sessions;
    private final long[] seq;

    /**
     * For so many callers.
     *
     * @param kind lock or limit
     * @param names how many resources the callers share; 0: each has one of its own
     */
    LockPairs(Channels channels, Agents agents, int callers, String kind, int names) {
        this.kind = kind;
        this.names = names;
        this.stubs = new CoordinatorStub[callers];
        this.sessions = new Session[callers];
        this.seq = new long[callers];
        for (int i = 0; i < callers; i++) {
            stubs[i] = CoordinatorGrpc.newStub(channels.of(i));
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
        stubs[caller].acquire(request, new Reply<>(done, grant -> release(caller, grant, done)));
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
        stubs[caller].release(request, new Reply<>(done, released -> done.ok()));
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
