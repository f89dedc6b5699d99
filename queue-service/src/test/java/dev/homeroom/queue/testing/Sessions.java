package dev.homeroom.queue.testing;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.queue.core.CoordinatorProblem;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.Place;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sessions of an {@link InMemoryAuthority}. */
final class Sessions {
    /**
     * @param incarnation its run
     * @param live whether it has not failed
     * @param most so many tasks at once
     * @param able what it can do
     */
    private record Session(long incarnation, boolean live, int most, Set<String> able) {}

    private final TreeMap<String, Session> sessions = new TreeMap<>();

    long register(String id, int most, Collection<String> able) {
        var before = sessions.get(id);
        var next = new Session(before == null ? 1 : before.incarnation() + 1, true, most, Set.copyOf(able));
        sessions.put(id, next);
        return next.incarnation();
    }

    void fail(String id) {
        sessions.computeIfPresent(id, (_, s) -> new Session(s.incarnation(), false, s.most(), s.able()));
    }

    List<String> ids() {
        return List.copyOf(sessions.keySet());
    }

    List<String> capabilities(String id) {
        return get(id).able().stream().sorted().toList();
    }

    boolean known(String id) {
        return sessions.containsKey(id);
    }

    boolean live(String id) {
        var session = sessions.get(id);
        return session != null && session.live();
    }

    int most(String id) {
        return get(id).most();
    }

    Owner owner(String id) {
        return new Owner(id, get(id).incarnation());
    }

    /** Those that live and can do that, in the order of their names. */
    Stream<String> able(List<String> capabilities) {
        return sessions.keySet().stream().filter(id -> able(id, capabilities));
    }

    Set<String> able(String id) {
        return get(id).able();
    }

    boolean able(String id, List<String> capabilities) {
        var session = get(id);
        return session.live() && session.able().containsAll(capabilities);
    }

    Place place(String id) {
        return new Place("host-" + id, "repo-" + id);
    }

    @Nullable
    CoordinatorProblem problem(Owner owner) {
        var session = sessions.get(owner.session());
        if (session == null) {
            return unknown();
        }
        if (!session.live()) {
            return new CoordinatorProblem(ProblemType.SESSION_ENDED.urn(), "the session has failed", null);
        }
        return session.incarnation() == owner.incarnation()
                ? null
                : new CoordinatorProblem(ProblemType.STALE_INCARNATION.urn(), "registered anew", null);
    }

    static CoordinatorProblem unknown() {
        return new CoordinatorProblem(ProblemType.NOT_FOUND.urn(), "there is no such session", null);
    }

    private Session get(String id) {
        return Objects.requireNonNull(sessions.get(id), id);
    }
}
