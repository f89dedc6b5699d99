package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Registration, release and heartbeats of sessions. */
final class SessionDecisions {
    /** A heartbeat interval nobody chose: a third of the lease, at most 10 s (requirement R-S2). */
    private static final long LONGEST_DEFAULT_HEARTBEAT_MILLIS = 10_000;

    private final State state;
    private final Views views;

    SessionDecisions(State state, Views views) {
        this.state = state;
        this.views = views;
    }

    Decision register(Command.Register register) {
        String wrong = Checks.first(
                Checks.text("id", register.id()),
                Checks.name("instance", register.instance()),
                Checks.profile(register.profile()),
                Checks.duration("leaseTimeout", register.leaseMillis(), Bounds.LONGEST_LEASE_MILLIS),
                Checks.range("heartbeatInterval", register.heartbeatMillis(), 0, Bounds.LONGEST_LEASE_MILLIS));
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        String id = register.id().isEmpty() ? register.instance() : register.id();
        Session present = state.sessions.get(id);
        if (present != null && present.instance().equals(register.instance())) {
            return present.live()
                    ? Decision.of(new Answer.OneSession(views.session(present, views.grantsOf(present))))
                    : Decision.reject(Fitness.ended(present));
        }
        if (present != null && present.former().contains(register.instance())) {
            return Decision.reject(Reason.STALE_INCARNATION, "this instance of session " + id + " was superseded");
        }
        boolean supersedes = present != null && present.live();
        if (!supersedes && state.liveSessions() >= state.settings().sessions()) {
            return Decision.reject(
                    Reason.TOO_MANY, "at most " + state.settings().sessions() + " sessions may live at once");
        }
        return begin(id, register, present);
    }

    private Decision begin(String id, Command.Register register, @Nullable Session present) {
        List<Event> events = new ArrayList<>();
        if (present != null && present.live()) {
            events.addAll(Endings.of(state, present, EndReason.SUPERSEDED));
        }
        Session session = session(id, register, present);
        events.add(new Event.SessionBegan(session));
        return new Decision(events, new Answer.OneSession(views.session(session, List.of())));
    }

    private Session session(String id, Command.Register register, @Nullable Session present) {
        long now = state.now();
        long lease = register.leaseMillis() == 0 ? state.settings().leaseMillis() : register.leaseMillis();
        // Until its first sign of life it has at least the launch grace; then its lease begins.
        long launch = Math.max(lease, state.settings().launchGraceMillis());
        long heartbeat = register.heartbeatMillis() == 0
                ? Math.min(LONGEST_DEFAULT_HEARTBEAT_MILLIS, lease / 3)
                : register.heartbeatMillis();
        long before = present == null ? state.head.incarnation() : present.incarnation();
        return new Session(
                id,
                before + 1,
                register.instance(),
                present == null ? List.of() : present.formerAndThis(),
                register.profile(),
                lease,
                heartbeat,
                now,
                state.head.wall(),
                new Life(now + launch, now + launch, now, now, false),
                Ledger.EMPTY,
                List.of(),
                0,
                0,
                null,
                0,
                Tally.NONE,
                List.of());
    }

    Decision release(Command.ReleaseSession release) {
        String wrong = Checks.text("session", release.session());
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Session session = state.sessions.get(release.session());
        if (session == null) {
            return Decision.reject(Fitness.unknown(release.session()));
        }
        if (release.incarnation() != 0 && release.incarnation() != session.incarnation()) {
            return Decision.reject(
                    Reason.STALE_INCARNATION,
                    "session " + session.id() + " is at incarnation " + session.incarnation());
        }
        if (!session.live()) {
            return Decision.of(new Answer.SessionReleased(0));
        }
        List<Event> events = Endings.of(state, session, EndReason.RELEASED);
        return new Decision(events, new Answer.SessionReleased(session.grants()));
    }

    Decision heartbeat(Command.Heartbeat heartbeat) {
        Session session = state.sessions.get(heartbeat.session());
        Rejection unfit = Fitness.check(session, heartbeat.session(), heartbeat.incarnation());
        if (unfit != null || session == null) {
            return Decision.reject(unfit != null ? unfit : Fitness.unknown(heartbeat.session()));
        }
        if (heartbeat.seen().size() > Bounds.REVOCATIONS) {
            return Decision.reject(Reason.INVALID, "seen: at most " + Bounds.REVOCATIONS + " tokens");
        }
        String wrong = Checks.usage(heartbeat.usage());
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        long now = state.now();
        long activity = heartbeat.activityAgeMillis() < 0 ? 0 : Math.max(0, now - heartbeat.activityAgeMillis());
        Life life = session.life().beat(now, session.lease(), activity);
        List<Notice> notices = session.unseen(heartbeat.seen(), now);
        List<Event> events = new ArrayList<>(1);
        events.add(new Event.SessionBeat(session.id(), life, heartbeat.unanswered(), notices));
        List<Answer.Assignment> assigned = unheard(session, heartbeat.seen(), events);
        confirm(session, heartbeat.seen(), events);
        if (!heartbeat.usage().isEmpty()
                && !heartbeat.usage().equals(session.tally().usage())) {
            events.add(new Event.UsageReported(session.id(), heartbeat.usage()));
        }
        return new Decision(
                events,
                new Answer.Beat(
                        session.id(),
                        session.lease(),
                        state.head.wall() + session.lease(),
                        assigned,
                        notices.stream().map(Notice::revocation).toList()));
    }

    /** Grants that ended a wait are confirmed by name too: an older request may stay open for long. */
    private void confirm(Session session, List<Long> seen, List<Event> events) {
        if (seen.isEmpty() || state.provisional.isEmpty()) {
            return;
        }
        state.provisional.scan(new Due.Provided(session.id(), 1, 0), (place, key) -> {
            Grant grant = place.session().equals(session.id()) ? state.grants.get(key) : null;
            if (grant != null && seen.contains(grant.token())) {
                events.add(new Event.GrantConfirmed(grant));
            }
            return grant != null;
        });
    }

    /** The pushed tasks it must still be told of; those it has seen are confirmed. */
    private List<Answer.Assignment> unheard(Session session, List<Long> seen, List<Event> events) {
        if (session.assigned().isEmpty() || seen.isEmpty()) {
            return session.assigned();
        }
        List<Answer.Assignment> unheard = new ArrayList<>();
        for (Answer.Assignment one : session.assigned()) {
            Grant grant = state.grants.get(TaskNames.key(one.task(), session.id()));
            if (grant != null && seen.contains(one.token())) {
                events.add(new Event.GrantConfirmed(grant));
            } else {
                unheard.add(one);
            }
        }
        return unheard;
    }
}
