package dev.homeroom.coordinator;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes commands where the leader is: here, or one hop away. What was certainly not executed because no leader was
 * there is tried again for a while, so that callers seldom see an election.
 */
@ApplicationScoped
public class LeaderRouter implements Coordinator, Cluster {
    /** How long to wait for a leader: longer than most elections, short enough to ask another replica. */
    static final long PATIENCE_MS = 1_500;
    /** How many commands may wait for a leader; more are refused at once. */
    static final int PATIENT = 8_192;

    private static final long PAUSE_MS = 10;

    private final Replica replica;
    private final LeaderLink link;
    private final CommandMeter meter;
    private final Semaphore patience = new Semaphore(PATIENT);
    private volatile @Nullable Member lastLeader;

    /** Over this replica and the link to the others. */
    @Inject
    public LeaderRouter(Replica replica, LeaderLink link, CommandMeter meter) {
        this.replica = replica;
        this.link = link;
        this.meter = meter;
    }

    @Override
    public CompletionStage<Answer> submit(Command command) {
        meter.submitted(command);
        return patient(
                () -> replica.leading() ? replica.submit(command) : atLeader(leader -> link.forward(leader, command)));
    }

    @Override
    public CompletionStage<ClusterView> ask(ClusterChange change) {
        return patient(() -> {
            if (!replica.leading()) {
                return atLeader(leader -> link.change(leader, change));
            }
            boolean itself = change instanceof ClusterChange.Remove(String id)
                    && id.equals(replica.self().id());
            if (!itself) {
                return replica.cluster().ask(change).thenCompose(view -> after(change, view));
            }
            return replica.cluster()
                    .ask(new ClusterChange.View())
                    .thenAccept(view -> Quorum.againstRemoving(view, view.leader())
                            .ifPresent(why -> {
                                throw new ClusterRefused(ProblemType.CONFLICT, why);
                            }))
                    .thenCompose(_ -> replica.cluster().ask(new ClusterChange.Transfer("")))
                    .thenCompose(_ -> patient(() -> atLeader(leader -> link.change(leader, change))));
        });
    }

    /** After a transfer the new leader knows how things stand. */
    private CompletionStage<ClusterView> after(ClusterChange change, ClusterView view) {
        return change instanceof ClusterChange.Transfer && !replica.leading()
                ? patient(() -> atLeader(leader -> link.change(leader, new ClusterChange.View())))
                : CompletableFuture.completedFuture(view);
    }

    private <T> CompletionStage<T> atLeader(Function<Member, CompletionStage<T>> ask) {
        Optional<Member> leader = replica.leader().filter(member -> !member.equals(replica.self()));
        if (leader.isEmpty()) {
            return CompletableFuture.failedFuture(noLeader());
        }
        prepareFor(leader.get());
        return ask.apply(leader.get());
    }

    /** Under a leader that is new here: one of the others is the next. */
    private void prepareFor(Member leader) {
        if (!leader.equals(lastLeader)) {
            lastLeader = leader;
            replica.members().stream()
                    .filter(member -> !member.equals(replica.self()))
                    .forEach(link::prepare);
        }
    }

    private <T> CompletionStage<T> patient(Supplier<CompletionStage<T>> attempt) {
        CompletionStage<T> first = attempt.get();
        if (first instanceof CompletableFuture<T> done && done.isDone() && !done.isCompletedExceptionally()) {
            return first;
        }
        return first.exceptionallyCompose(failure -> {
            if (!leaderless(failure) || !patience.tryAcquire()) {
                return CompletableFuture.failedFuture(told(failure));
            }
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
            return again(attempt, end).whenComplete((answer, last) -> patience.release());
        });
    }

    private <T> CompletionStage<T> again(Supplier<CompletionStage<T>> attempt, long end) {
        Executor later = CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS);
        return CompletableFuture.supplyAsync(attempt, later)
                .thenCompose(Function.identity())
                .exceptionallyCompose(failure -> leaderless(failure) && System.nanoTime() - end < 0
                        ? again(attempt, end)
                        : CompletableFuture.failedFuture(told(failure)));
    }

    /** Certainly not executed, for want of a leader. */
    private static boolean leaderless(Throwable failure) {
        return cause(failure) instanceof Unanswered unanswered && unanswered.reason() == Reason.NO_LEADER;
    }

    private Throwable told(Throwable failure) {
        return leaderless(failure) ? noLeader() : cause(failure);
    }

    private Unanswered noLeader() {
        List<String> next = new ArrayList<>();
        next.add("try again in a moment");
        Member self = replica.self();
        replica.members().stream()
                .filter(member -> !member.id().equals(self.id()))
                .forEach(member -> next.add("ask " + member.id() + " at " + member.serviceAddress()));
        return new Unanswered(
                Reason.NO_LEADER,
                self.id() + " knows no leader that answers: an election is going on, or it is cut off. Try again in a"
                        + " moment, or ask another replica.",
                next);
    }

    private static Throwable cause(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
