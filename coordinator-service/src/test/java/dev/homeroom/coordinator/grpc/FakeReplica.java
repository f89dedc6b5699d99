package dev.homeroom.coordinator.grpc;

import dev.homeroom.coordinator.Cluster;
import dev.homeroom.coordinator.ClusterChange;
import dev.homeroom.coordinator.ClusterView;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.StaleAnswer;
import dev.homeroom.coordinator.WaitListener;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.State;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A replica whose answers the test orders. */
final class FakeReplica implements Replica {
    static final Member SELF = new Member("n1", "127.0.0.1:1", "127.0.0.1:2");
    static final Member OTHER = new Member("n3", "127.0.0.1:3", "127.0.0.1:4");
    static final ClusterView VIEW = new ClusterView(
            "n1",
            3,
            List.of(new ClusterView.Seat(SELF, true, 0, 9, 8, 0), new ClusterView.Seat(OTHER, false, 7, 6, 5, 4)));

    final List<ClusterChange> asked = new CopyOnWriteArrayList<>();
    volatile @Nullable RuntimeException refusal;
    volatile @Nullable Member leader;
    private final boolean leading;
    private final Function<Command, CompletionStage<Answer>> answers;

    FakeReplica(boolean leading, Function<Command, CompletionStage<Answer>> answers) {
        this.leading = leading;
        this.answers = answers;
    }

    @Override
    public Member self() {
        return SELF;
    }

    @Override
    public Optional<Member> leader() {
        return Optional.ofNullable(leader);
    }

    @Override
    public boolean leading() {
        return leading;
    }

    @Override
    public CompletionStage<Answer> submit(Command command) {
        return answers.apply(command);
    }

    @Override
    public <T> T stale(Function<State, T> query) {
        return query.apply(new State());
    }

    @Override
    public StaleAnswer stale(Command read) {
        return new StaleAnswer(new Answer.Done(), 0, 0);
    }

    @Override
    public List<Member> members() {
        return List.of(SELF, OTHER);
    }

    @Override
    public Cluster cluster() {
        return change -> {
            asked.add(change);
            RuntimeException refused = refusal;
            return refused == null ? CompletableFuture.completedFuture(VIEW) : CompletableFuture.failedFuture(refused);
        };
    }

    @Override
    public void listen(WaitListener listener) {}

    @Override
    public void onApplied(Runnable signal) {}
}
