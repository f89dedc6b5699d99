package dev.homeroom.coordinator.core;

import java.util.List;

/** What answers show of the state. */
final class Views {
    /** So many grants of a session are looked through for its oldest claim. */
    static final int OLDEST = 64;

    private final State state;

    Views(State state) {
        this.state = state;
    }

    /** No more than its lease remains: the launch grace ends with its first sign of life, of which it may not hear. */
    SessionView session(Session session, List<GrantView> grants) {
        long now = state.now();
        long wall = state.head.wall();
        Life life = session.life();
        long remaining = session.live() ? Math.clamp(life.deadline() - now, 0, session.lease()) : 0;
        return new SessionView(
                session.id(),
                session.incarnation(),
                session.instance(),
                session.profile(),
                status(session),
                session.lease(),
                session.heartbeat(),
                remaining,
                session.live() ? wall + remaining : wall - (now - session.endedAt()),
                now - life.heartbeatAt(),
                now - life.activityAt(),
                untilStale(session, state.settings(), now),
                session.registeredWall(),
                wall - (now - life.activityAt()),
                session.tasks(),
                claimMillis(session),
                session.tally(),
                grants);
    }

    List<GrantView> grantsOf(Session session) {
        return state.grantsOf(session.id()).stream()
                .map(grant -> grant(grant, session))
                .toList();
    }

    GrantView grant(Grant grant) {
        Session session = state.sessions.get(grant.key().session());
        if (session == null) {
            throw new IllegalStateException("a grant without its session: " + grant.key());
        }
        return grant(grant, session);
    }

    GrantView grant(Grant grant, Session session) {
        GrantKey key = grant.key();
        long remaining = Math.max(0, grant.deadline() - state.now());
        return new GrantView(
                key.kind(),
                key.name(),
                grant.token(),
                holder(grant, session),
                remaining,
                grant.extras().metadata());
    }

    private Holder holder(Grant grant, Session session) {
        Profile profile = session.profile();
        return new Holder(
                session.id(),
                grant.incarnation(),
                grant.key().holder(),
                profile.host(),
                profile.tty(),
                profile.codebase(),
                state.now() - session.life().heartbeatAt(),
                grant.sinceWall(),
                state.head.wall() + grant.deadline() - state.now());
    }

    /** The status as of now; see {@link Status}. */
    Status status(Session session) {
        EndReason ended = session.ended();
        if (ended != null) {
            return ended == EndReason.SESSION_FAILED ? Status.FAILED : Status.RELEASED;
        }
        Settings settings = state.settings();
        long now = state.now();
        if (untilStale(session, settings, now) == 0) {
            return Status.STALE;
        }
        if (!session.life().beaten()) {
            return Status.STARTING;
        }
        if (session.grants() > 0) {
            return Status.ACTIVE;
        }
        return now - session.life().activityAt() < settings.idleMillis() ? Status.ACTIVE : Status.IDLE;
    }

    /**
     * Until it is stale by itself: its heartbeat, or as long as it holds something its progress, is older than the
     * threshold; or it has never shown life and the launch grace is over.
     */
    static long untilStale(Session session, Settings settings, long now) {
        if (!session.live()) {
            return 0;
        }
        Life life = session.life();
        if (!life.beaten()) {
            return Math.max(0, session.registeredAt() + settings.launchGraceMillis() - now);
        }
        long last = session.grants() > 0 ? Math.min(life.heartbeatAt(), life.activityAt()) : life.heartbeatAt();
        return Math.max(0, last + settings.staleMillis() - now);
    }

    /** For how long it has held the oldest of its claims, looked for among its oldest grants only: a page has many rows. */
    private long claimMillis(Session session) {
        if (session.grants() == 0) {
            return 0;
        }
        long[] age = new long[1];
        int[] examined = new int[1];
        state.held.scan(new Due.Held(session.id(), 0), (place, key) -> {
            boolean own = place.session().equals(session.id());
            Grant grant = own && key.kind() == Kind.CLAIM ? state.grants.get(key) : null;
            age[0] = grant == null ? 0 : state.now() - grant.since();
            return own && grant == null && ++examined[0] < OLDEST;
        });
        return age[0];
    }
}
