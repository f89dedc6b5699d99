package dev.homeroom.queue.insight;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.insight.AgentSession;
import dev.homeroom.queue.core.insight.Fleet;
import dev.homeroom.queue.core.insight.Held;
import dev.homeroom.queue.core.insight.HeldQuery;
import dev.homeroom.queue.core.insight.HeldRow;
import dev.homeroom.queue.core.insight.InsightStore;
import dev.homeroom.queue.core.insight.LimitUse;
import dev.homeroom.queue.core.insight.Next;
import dev.homeroom.queue.core.insight.NextQuery;
import dev.homeroom.queue.core.insight.ReadyScan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Ranks what is ready by the scan that claims are made from, and tells who holds what (R-Q8). The coordinator is asked
 * once for each limit and each session that is shown; without it the list comes all the same. Safe for concurrent use.
 */
public final class NextList {
    /** Limits that are asked for in one look. */
    static final int MOST_LIMITS = 32;

    /** Looks, each without the keys that the one before found exhausted. */
    private static final int LOOKS = 3;

    private final ReadyScan scan;
    private final InsightStore rows;
    private final Fleet fleet;
    private final Supplier<? extends Collection<String>> exhausted;

    /**
     * @param exhausted limit keys that claims of this replica found exhausted a moment ago
     */
    public NextList(ReadyScan scan, InsightStore rows, Fleet fleet, Supplier<? extends Collection<String>> exhausted) {
        this.scan = scan;
        this.rows = rows;
        this.fleet = fleet;
        this.exhausted = exhausted;
    }

    /** What is ready, and who holds what. */
    public CompletionStage<Next> look(NextQuery query) {
        var looking = new Looking(query, new HashSet<>(exhausted.get()));
        var held = new HeldQuery(
                null,
                query.filter().types().stream().findFirst().orElse(null),
                query.filter().lesson(),
                null,
                null,
                query.limit());
        return rows.held(held)
                .thenCompose(claimed -> looking.ready(LOOKS)
                        .thenCompose(ready -> looking.blocked()
                                .thenCompose(blocked -> looking.holders(claimed)
                                        .thenCompose(holdings -> looking.session(ready, claimed.at())
                                                .thenApply(session -> looking.next(
                                                        claimed.at(), ready, blocked, holdings, session))))));
    }

    /** One look; its stages run one after the other. */
    private final class Looking {
        private final NextQuery query;
        private final Set<String> blockedKeys;
        private final Set<String> askedKeys = new HashSet<>();
        private final Map<String, AgentSession> sessions = new HashMap<>();
        private volatile boolean reachable = true;

        Looking(NextQuery query, Set<String> blockedKeys) {
            this.query = query;
            this.blockedKeys = blockedKeys;
        }

        CompletionStage<List<Candidate>> ready(int looks) {
            return scan.ranked(query.filter(), List.copyOf(blockedKeys), query.limit())
                    .thenCompose(found -> exhaustedOf(found).thenCompose(keys -> {
                        boolean changed = blockedKeys.addAll(keys);
                        return changed && looks > 1
                                ? ready(looks - 1)
                                : CompletableFuture.completedFuture(found.stream()
                                        .filter(one -> blockedBy(one).isEmpty())
                                        .toList());
                    }));
        }

        private CompletionStage<List<String>> exhaustedOf(List<Candidate> found) {
            var keys = found.stream()
                    .flatMap(one -> one.limits().stream())
                    .distinct()
                    .filter(key -> askedKeys.size() < MOST_LIMITS && askedKeys.add(key))
                    .toList();
            return asked(keys.stream().map(fleet::limit).toList())
                    .thenApply(uses -> uses.stream()
                            .filter(LimitUse::exhausted)
                            .map(LimitUse::key)
                            .toList());
        }

        CompletionStage<List<Candidate>> blocked() {
            return blockedKeys.isEmpty()
                    ? CompletableFuture.completedFuture(List.of())
                    : scan.ranked(query.filter(), List.of(), query.limit())
                            .thenApply(found -> found.stream()
                                    .filter(one -> !blockedBy(one).isEmpty())
                                    .toList());
        }

        private List<String> blockedBy(Candidate task) {
            return task.limits().stream().filter(blockedKeys::contains).toList();
        }

        CompletionStage<List<Next.Holding>> holders(Held claimed) {
            var ids = claimed.rows().stream().map(HeldRow::session).distinct().toList();
            return asked(ids.stream().map(fleet::session).toList()).thenApply(found -> {
                found.forEach(session -> session.ifPresent(one -> sessions.put(one.id(), one)));
                return claimed.rows().stream()
                        .map(row -> holding(row, claimed.at()))
                        .toList();
            });
        }

        private Next.Holding holding(HeldRow row, Instant at) {
            var session = sessions.get(row.session());
            var known = Holder.known(row.session(), row.incarnation(), row.deadline());
            var holder = session == null || session.who().incarnation() != row.incarnation()
                    ? known
                    : session.holding(row.since(), row.deadline());
            var since = row.since();
            return new Next.Holding(row, holder, since == null ? null : age(since, at));
        }

        CompletionStage<Optional<Next.ForSession>> session(List<Candidate> ready, Instant at) {
            String id = query.session();
            if (id == null) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            return Absent.ifUnavailable(fleet.session(id)).thenApply(answer -> {
                if (answer.isEmpty()) {
                    reachable = false;
                    return Optional.of(Next.ForSession.unknown(id));
                }
                var session = answer.get().orElse(null);
                answer.get().ifPresent(one -> sessions.put(id, one));
                return Optional.of(Next.ForSession.of(id, session, ranked(fitting(ready), at)));
            });
        }

        private List<Candidate> fitting(List<Candidate> ready) {
            var session = query.session() == null ? null : sessions.get(query.session());
            return session == null
                    ? ready
                    : ready.stream()
                            .filter(one -> session.lacks(one.capabilities()).isEmpty())
                            .toList();
        }

        Next next(
                Instant at,
                List<Candidate> ready,
                List<Candidate> blocked,
                List<Next.Holding> held,
                Optional<Next.ForSession> session) {
            return new Next(
                    at,
                    reachable,
                    ranked(fitting(ready), at),
                    ranked(fitting(blocked), at),
                    held,
                    session.orElse(null));
        }

        private List<Next.Ranked> ranked(List<Candidate> found, Instant at) {
            var ranked = new ArrayList<Next.Ranked>(found.size());
            for (var one : found) {
                ranked.add(new Next.Ranked(ranked.size() + 1, one, age(one.due(), at), blockedBy(one)));
            }
            return ranked;
        }

        /** The coordinator's answers; none when it gives none. */
        private <T> CompletionStage<List<T>> asked(List<? extends CompletionStage<T>> stages) {
            return Absent.ifUnavailable(All.of(stages)).thenApply(answers -> {
                reachable = reachable && answers.isPresent();
                return answers.orElse(List.of());
            });
        }
    }

    private static Duration age(Instant since, Instant at) {
        var age = Duration.between(since, at);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
