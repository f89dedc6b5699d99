package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is replicated: sorted tables and a few numbers. Only {@link Evolution} changes it. Not thread-safe;
 * {@link #capture()} costs O(1) and may be read by another thread.
 */
public final class State {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    Head head = Head.START;
    SortedTable<String, Session> sessions = new SortedTable<>();
    SortedTable<GrantKey, Grant> grants = new SortedTable<>();
    SortedTable<String, Limit> limits = new SortedTable<>();
    SortedTable<String, Settled> requests = new SortedTable<>();
    /** Published ones first, as many as the audit trail keeps, then those that wait for publication. */
    SortedTable<Cursor, Change> changes = new SortedTable<>();

    SortedTable<Long, Waiter> waiters = new SortedTable<>();
    SortedTable<ResourceKey, Delay> delays = new SortedTable<>();

    SortedTable<String, Preference> affinities = new SortedTable<>();
    SortedTable<String, Bucket> rates = new SortedTable<>();

    // Derived from the tables above, rebuilt from a snapshot.
    SortedTable<Due.OfSession, String> leases = new SortedTable<>();
    SortedTable<Due.OfSession, String> ended = new SortedTable<>();
    SortedTable<Due.OfGrant, GrantKey> deadlines = new SortedTable<>();
    SortedTable<Due.Held, GrantKey> held = new SortedTable<>();
    SortedTable<Long, String> requestOrder = new SortedTable<>();
    SortedTable<QueuePlace, Long> queues = new SortedTable<>();
    SortedTable<ResourceKey, Integer> queueSizes = new SortedTable<>();
    SortedTable<Due.Held, Long> waits = new SortedTable<>();
    SortedTable<Due.OfGrant, Long> waitDeadlines = new SortedTable<>();
    SortedTable<Due.OfDelay, ResourceKey> delayEnds = new SortedTable<>();
    SortedTable<Due.Provided, GrantKey> provisional = new SortedTable<>();

    /** Empty between commands. */
    final Agenda agenda = new Agenda();

    SortedTable<Due.Preferred, String> affinitiesOf = new SortedTable<>();
    int unpublished;

    /** A copy that later changes do not touch; O(1), on the apply thread. */
    public State capture() {
        State copy = new State();
        copy.head = head;
        copy.sessions = sessions.capture();
        copy.grants = grants.capture();
        copy.limits = limits.capture();
        copy.requests = requests.capture();
        copy.changes = changes.capture();
        copy.leases = leases.capture();
        copy.ended = ended.capture();
        copy.deadlines = deadlines.capture();
        copy.held = held.capture();
        copy.requestOrder = requestOrder.capture();
        copy.waiters = waiters.capture();
        copy.delays = delays.capture();
        copy.queues = queues.capture();
        copy.queueSizes = queueSizes.capture();
        copy.waits = waits.capture();
        copy.waitDeadlines = waitDeadlines.capture();
        copy.delayEnds = delayEnds.capture();
        copy.provisional = provisional.capture();
        copy.affinities = affinities.capture();
        copy.rates = rates.capture();
        copy.affinitiesOf = affinitiesOf.capture();
        copy.unpublished = unpublished;
        return copy;
    }

    /** The numbers beside the tables. */
    public Head head() {
        return head;
    }

    /** Log index of the last applied entry. */
    public long index() {
        return head.index();
    }

    /** The highest term seen in a batch. */
    public long term() {
        return head.term();
    }

    /** The replicated clock, in milliseconds. */
    public long now() {
        return head.nanos() / NANOS_PER_MILLI;
    }

    /** The settings in force. */
    public Settings settings() {
        return head.settings();
    }

    /** Whether anything can expire, so that the leader must tick. */
    public boolean expiring() {
        return !leases.isEmpty() || !delays.isEmpty();
    }

    /** Everything up to here is published. */
    public Cursor cursor() {
        return head.cursor();
    }

    /** Changes that were dropped and whose gap is not published yet. */
    public @Nullable Gap gap() {
        return head.gap();
    }

    /** How many sessions live. */
    public int liveSessions() {
        return leases.size();
    }

    /** How many grants are held. */
    public int grantCount() {
        return grants.size();
    }

    /** How many requests wait in queues. */
    public int waiterCount() {
        return waiters.size();
    }

    /** How many changes wait for publication. */
    public int backlogSize() {
        return unpublished;
    }

    /** Changes waiting for publication after a place, oldest first, at most {@code limit}. */
    public List<Published> backlog(Cursor after, int limit) {
        Cursor from = after.compareTo(cursor()) > 0 ? after : cursor();
        List<Published> page = new ArrayList<>();
        changes.scan(from.next(), (at, change) -> {
            if (page.size() < limit) {
                page.add(new Published(at, change));
            }
            return page.size() < limit;
        });
        return page;
    }

    /** Visits all changes that are kept, oldest first: the latest published ones, then those that wait. */
    public void changes(Consumer<Published> visitor) {
        changes.scan(null, (at, change) -> {
            visitor.accept(new Published(at, change));
            return true;
        });
    }

    /** How many affinities there are. */
    public int affinityCount() {
        return affinities.size();
    }

    /** Visits affinities by id. */
    public void affinities(Consumer<Preference> visitor) {
        visit(affinities, visitor);
    }

    /** Visits token buckets by key. */
    public void rates(Consumer<Bucket> visitor) {
        visit(rates, visitor);
    }

    /** Visits sessions by id. */
    public void sessions(Consumer<Session> visitor) {
        visit(sessions, visitor);
    }

    /** Visits grants by kind, name, session and holder. */
    public void grants(Consumer<Grant> visitor) {
        visit(grants, visitor);
    }

    /** Visits limits that were set or are in use, by key. */
    public void limits(Consumer<Limit> visitor) {
        visit(limits, visitor);
    }

    /** Visits requests outside sessions by id. */
    public void requests(Consumer<Settled> visitor) {
        visit(requests, visitor);
    }

    /** Visits waiters by ticket. */
    public void waiters(Consumer<Waiter> visitor) {
        visit(waiters, visitor);
    }

    /** Visits lock-delays by resource. */
    public void delays(Consumer<Delay> visitor) {
        visit(delays, visitor);
    }

    /** The session's grants by token. */
    List<Grant> grantsOf(String session) {
        List<Grant> found = new ArrayList<>();
        held.scan(new Due.Held(session, 0), (place, key) -> {
            if (!place.session().equals(session)) {
                return false;
            }
            Grant grant = grants.get(key);
            if (grant != null) {
                found.add(grant);
            }
            return true;
        });
        return found;
    }

    /** The session's grants of one resource. */
    List<Grant> grantsOf(Kind kind, String name, String session) {
        List<Grant> found = new ArrayList<>(1);
        grants.scan(new GrantKey(kind, name, session, ""), (key, grant) -> {
            if (!key.of(kind, name) || !key.session().equals(session)) {
                return false;
            }
            found.add(grant);
            return true;
        });
        return found;
    }

    /** The first grant of a resource, the only one where the capacity is 1. */
    @Nullable
    Grant firstOf(Kind kind, String name) {
        Grant found = grants.ceiling(new GrantKey(kind, name, "", ""));
        return found != null && found.key().of(kind, name) ? found : null;
    }

    private static <K extends Comparable<K>, V> void visit(SortedTable<K, V> table, Consumer<V> visitor) {
        table.scan(null, (key, value) -> {
            visitor.accept(value);
            return true;
        });
    }
}
