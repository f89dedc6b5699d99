package dev.homeroom.queue.insight;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.Parts;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.RetryPolicy;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.insight.Finding;
import dev.homeroom.queue.core.insight.FindingKind;
import dev.homeroom.queue.core.insight.MinuteBook;
import dev.homeroom.queue.core.insight.Next;
import dev.homeroom.queue.core.insight.NextQuery;
import dev.homeroom.queue.core.insight.StatsQuery;
import dev.homeroom.queue.core.insight.Tally;
import dev.homeroom.queue.core.insight.Why;
import dev.homeroom.queue.postgres.PostgresInsight;
import dev.homeroom.queue.postgres.PostgresTaskStore;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.InMemoryFleet;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Next, why and statistics on a real database and an authority that a test can trouble (R-Q8, R-Q9, R-Q10). */
class InsightFlowTest {
    private static final Duration TTL = Duration.ofMinutes(10);

    private QueueDatabase database;
    private InMemoryAuthority authority;
    private Parts parts;
    private Inquiry inquiry;
    private NextList list;
    private StatsDesk desk;
    private Owner a;

    @BeforeEach
    void start() {
        database = new QueueDatabase();
        authority = new InMemoryAuthority();
        var book = new MinuteBook(UUID.randomUUID(), Instant::now);
        var retries = new RetryPolicy(Duration.ofMinutes(1), Duration.ofHours(1));
        var store = new PostgresTaskStore(database.database(), retries, book);
        var rows = new PostgresInsight(database.database());
        var fleet = new InMemoryFleet(authority);
        parts = Parts.of(store, authority);
        inquiry = new Inquiry(store, rows, parts.finder()::ranked, authority, fleet, parts.waiting()::asking);
        list = new NextList(parts.finder()::ranked, rows, fleet, parts.finder()::exhausted);
        desk = new StatsDesk(rows, book, Instant::now, System::nanoTime);
        a = new Owner("a", authority.register("a", 100));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void nextIsWhatIsThenTaken() {
        var low = enqueue(2);
        var high = enqueue(8);
        assertThat(next().items()).extracting(one -> one.task().task()).containsExactly(high, low);
        var claimed = claim();
        assertThat(claimed.id()).isEqualTo(high);
        var after = next();
        assertThat(after.items()).extracting(one -> one.task().task()).containsExactly(low);
        assertThat(after.held()).singleElement().satisfies(held -> {
            assertThat(held.row().task()).isEqualTo(high);
            assertThat(held.holder().heartbeatAge()).isEqualTo(Duration.ofSeconds(3));
            assertThat(held.held()).isNotNull();
        });
        authority.away(true);
        assertThat(next().coordinator()).isFalse();
        assertThat(next().items()).hasSize(1);
    }

    @Test
    void whyFollowsATaskThroughItsLife() {
        enqueue(9);
        var id = enqueue(1);
        assertThat(why(id)).containsExactly(FindingKind.BEHIND_OTHERS, FindingKind.NOBODY_ASKS);
        claim();
        assertThat(why(id)).containsExactly(FindingKind.NOBODY_ASKS);
        authority.away(true);
        assertThat(why(id)).startsWith(FindingKind.COORDINATOR_UNREACHABLE);
        authority.away(false);
        var task = claim();
        assertThat(why(id)).containsExactly(FindingKind.CLAIMED);
        join(parts.queue().finish(hold(task), new Outcome.Fail("no network", true)));
        assertThat(inquire(id).causes().getFirst())
                .isInstanceOfSatisfying(
                        Finding.NotDue.class,
                        notDue -> assertThat(notDue.because()).isEqualTo(Finding.Because.BACKOFF));
        authority.fail("a");
        assertThat(why(id)).containsExactly(FindingKind.NOT_DUE, FindingKind.NO_SESSION);
    }

    @Test
    void statisticsAreTheSameBeforeAndAfterTheyAreWritten() {
        enqueue(5);
        var task = claim();
        join(parts.queue().finish(hold(task), new Outcome.Complete(null)));
        enqueue(5);
        var before = join(desk.stats(new StatsQuery(Duration.ofMinutes(5), null, null)));
        assertThat(before.depth().pending()).isOne();
        assertThat(before.tally().of(Tally.Event.ENQUEUED)).isEqualTo(2);
        assertThat(before.tally().runs().total()).isOne();
        join(desk.flush());
        var after = join(desk.stats(new StatsQuery(Duration.ofMinutes(6), "build", null)));
        assertThat(after.tally().counts()).isEqualTo(before.tally().counts());
        assertThat(after.types())
                .singleElement()
                .satisfies(type -> assertThat(type.name()).isEqualTo("build"));
    }

    private UUID enqueue(int priority) {
        var task = Tasks.task("build", priority);
        join(parts.queue().enqueue(task));
        return task.id();
    }

    private Task claim() {
        return join(parts.queue().claim(a, RequestId.NONE, ClaimFilter.ANY, 1, TTL, Duration.ZERO))
                .getFirst();
    }

    private Hold hold(Task task) {
        return new Hold(task.id(), "a", task.hold().token());
    }

    private Next next() {
        return join(list.look(new NextQuery(ClaimFilter.ANY, null, 10)));
    }

    private Why inquire(UUID id) {
        return join(inquiry.why(id));
    }

    private List<FindingKind> why(UUID id) {
        return inquire(id).causes().stream().map(Finding::kind).toList();
    }
}
