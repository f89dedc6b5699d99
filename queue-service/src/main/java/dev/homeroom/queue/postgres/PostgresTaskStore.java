package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimRepeat;
import dev.homeroom.queue.core.ClaimResult;
import dev.homeroom.queue.core.ClaimedRow;
import dev.homeroom.queue.core.Enqueued;
import dev.homeroom.queue.core.FinishOrder;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.RetryPolicies;
import dev.homeroom.queue.core.RetryPolicy;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskCounts;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.TaskPage;
import dev.homeroom.queue.core.TaskQuery;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.insight.Watch;
import dev.homeroom.queue.core.lesson.UnknownLessons;
import dev.homeroom.queue.core.order.Heads;
import dev.homeroom.queue.core.order.Pick;
import dev.homeroom.queue.core.order.Range;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@link TaskStore} on PostgreSQL 18 or later. */
@ApplicationScoped
public class PostgresTaskStore implements TaskStore {
    private final LessonGate lessons;
    private final EnqueueStatement enqueue;
    private final CandidateScan scan;
    private final ClaimStatement claim;
    private final FinishStatement finish;
    private final GrantStatements grants;
    private final TaskQueries queries;
    private final TaskSearch search;

    /** Runs its statements in this database, seen by nobody; every type is retried alike, unknown lessons are made. */
    public PostgresTaskStore(Database database, RetryPolicy retries) {
        this(database, retries, Watch.NONE);
    }

    /** The same; {@code watch} hears of what they did. */
    public PostgresTaskStore(Database database, RetryPolicy retries, Watch watch) {
        this(database, RetryPolicies.all(retries), watch);
    }

    /** With policies for types; unknown lessons are made. */
    public PostgresTaskStore(Database database, RetryPolicies retries, Watch watch) {
        this(database, retries, new LessonGate(database, UnknownLessons.CREATE), watch);
    }

    /** Runs its statements in this database; what becomes of tasks of unknown lessons is the gate's to say. */
    @Inject
    public PostgresTaskStore(Database database, RetryPolicies retries, LessonGate lessons, Watch watch) {
        this.lessons = lessons;
        enqueue = new EnqueueStatement(database, watch);
        scan = new CandidateScan(database);
        claim = new ClaimStatement(database, watch);
        finish = new FinishStatement(database, retries, watch);
        grants = new GrantStatements(database, watch);
        queries = new TaskQueries(database);
        search = new TaskSearch(database);
    }

    @Override
    public CompletionStage<List<Enqueued>> enqueue(List<NewTask> tasks) {
        return lessons.pass(tasks, enqueue::run);
    }

    @Override
    public CompletionStage<Heads> heads(Range after, int limit) {
        return scan.heads(after, limit);
    }

    @Override
    public CompletionStage<List<List<Candidate>>> due(List<Pick> picks) {
        return scan.due(picks);
    }

    @Override
    public CompletionStage<Optional<Candidate>> candidate(UUID task) {
        return scan.one(task);
    }

    @Override
    public CompletionStage<List<ClaimResult>> claim(List<GrantedClaim> claims) {
        return claim.run(claims);
    }

    @Override
    public CompletionStage<List<List<Task>>> claimedBefore(List<ClaimRepeat> repeats) {
        return claim.before(repeats);
    }

    @Override
    public CompletionStage<List<Optional<Receipt>>> finish(List<FinishOrder> orders) {
        return finish.run(orders);
    }

    @Override
    public CompletionStage<Optional<Receipt>> cancel(UUID task, @Nullable String reason, String by) {
        return finish.cancel(task, reason, by);
    }

    @Override
    public CompletionStage<Optional<Receipt>> finished(UUID task, long token) {
        return finish.finished(task, token);
    }

    @Override
    public CompletionStage<Boolean> renewed(Hold hold, TaskGrant grant) {
        return grants.renewed(hold, grant);
    }

    @Override
    public CompletionStage<List<UUID>> grantsEnded(List<GrantEnd> ends) {
        return grants.ended(ends);
    }

    @Override
    public CompletionStage<List<HeldTask>> fence(List<HeldTask> held) {
        return grants.fence(held);
    }

    @Override
    public CompletionStage<Set<UUID>> calledOff(List<HeldTask> held) {
        return grants.calledOff(held);
    }

    @Override
    public CompletionStage<List<ClaimedRow>> claimed(long afterToken, int limit) {
        return grants.claimed(afterToken, limit);
    }

    @Override
    public CompletionStage<Long> highestToken() {
        return grants.highestToken();
    }

    @Override
    public CompletionStage<Optional<Task>> find(UUID task) {
        return queries.find(task);
    }

    @Override
    public CompletionStage<TaskPage> list(TaskQuery query) {
        return search.run(query);
    }

    @Override
    public CompletionStage<List<Receipt>> history(UUID task) {
        return queries.history(task);
    }

    @Override
    public CompletionStage<TaskCounts> counts() {
        return queries.counts();
    }
}
