package dev.homeroom.coordinator.grpc;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.homeroom.coordinator.Cluster;
import dev.homeroom.coordinator.ClusterChange;
import dev.homeroom.coordinator.ClusterView;
import dev.homeroom.coordinator.Coordinator;
import dev.homeroom.coordinator.HandOut;
import dev.homeroom.coordinator.LeaderLink;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.codec.BatchCodec;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.grpc.Lane.Handed;
import dev.homeroom.coordinator.internal.v1.ChangeReply;
import dev.homeroom.coordinator.internal.v1.ForwardReply;
import dev.homeroom.coordinator.internal.v1.ForwardRequest;
import dev.homeroom.coordinator.internal.v1.ForwardResult;
import dev.homeroom.coordinator.internal.v1.LeaderLinkGrpc;
import dev.homeroom.platform.security.ServiceToken;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Hands commands to the leader over gRPC, several in a message, with the service token. */
@ApplicationScoped
public class GrpcLeaderLink implements LeaderLink {
    /** The longest that a command may take from here: with the wait for a leader, less than a caller's limit. */
    static final long LIMIT_MS = Coordinator.TIME_LIMIT_MS - 2_000;
    /** Pages of lists weigh much; with this, replies stay far below {@link #REPLY_BYTES}. */
    static final int PAGE_WEIGHT = 32;

    private static final int REPLY_BYTES = 64 << 20;
    private static final int IDLE_DAYS = 365;

    private final Supplier<String> bearer;
    private final ConcurrentMap<String, Way> ways = new ConcurrentHashMap<>();

    /** With this service's token. */
    @Inject
    public GrpcLeaderLink(ServiceToken token) {
        this(token::bearer);
    }

    GrpcLeaderLink(Supplier<String> bearer) {
        this.bearer = bearer;
    }

    @Override
    public CompletionStage<Answer> forward(Member leader, Command command) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        ByteString bytes = UnsafeByteOperations.unsafeWrap(BatchCodec.encodeCommands(List.of(command)));
        way(leader).lane.take(new Handed(bytes, weight(command), Lane.after(LIMIT_MS), answer));
        return answer;
    }

    @Override
    public void prepare(Member member) {
        var unused = way(member).channel.getState(true);
    }

    @Override
    public CompletionStage<ClusterView> change(Member leader, ClusterChange change) {
        CompletableFuture<ClusterView> view = new CompletableFuture<>();
        SentTrace trace = new SentTrace();
        var call = LeaderLinkGrpc.newFutureStub(way(leader).channel)
                .withCallCredentials(new BearerToken(bearer))
                .withOption(SentTrace.KEY, trace)
                .withInterceptors(SentTrace.INTERCEPTOR)
                .withDeadlineAfter(Cluster.TIME_LIMIT_MS, TimeUnit.MILLISECONDS)
                .change(ClusterMessages.message(change));
        Futures.addCallback(call, new Reconnecting<>(way(leader).channel), MoreExecutors.directExecutor());
        Futures.addCallback(
                call,
                new FutureCallback<ChangeReply>() {
                    @Override
                    public void onSuccess(ChangeReply reply) {
                        try {
                            view.complete(ClusterMessages.view(reply));
                        } catch (RuntimeException e) {
                            view.completeExceptionally(e);
                        }
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        view.completeExceptionally(unreachable(failure, trace));
                    }
                },
                MoreExecutors.directExecutor());
        return view;
    }

    private Way way(Member leader) {
        return ways.computeIfAbsent(leader.serviceAddress(), Way::new);
    }

    private static int weight(Command command) {
        return switch (command) {
            case Command.ListSessions _,
                    Command.ListGrants _,
                    Command.ListLimits _,
                    Command.ListAffinities _,
                    Command.ReadAudit _,
                    Command.ReadBacklog _,
                    Command.FindSessions _ -> PAGE_WEIGHT;
            default -> 1;
        };
    }

    @PreDestroy
    void close() {
        ways.values().forEach(way -> way.channel.shutdownNow());
    }

    /** Whether the leader may have taken a call that failed, and how to say so. */
    static Unanswered unreachable(Throwable failure, SentTrace trace) {
        Status.Code code = Status.fromThrowable(failure).getCode();
        boolean refused = code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED;
        return refused || !trace.sent()
                ? new Unanswered(Reason.NO_LEADER, "The leader cannot be reached: " + code)
                : new Unanswered(Reason.INDETERMINATE, "The leader took it and gave no answer: " + code);
    }

    /** A channel and its lane. */
    private final class Way {
        private final ManagedChannel channel;
        private final Lane lane = new Lane(this::send);

        Way(String target) {
            this.channel = NettyChannelBuilder.forAddress(Member.host(target), Member.port(target))
                    .usePlaintext()
                    // Open also when nothing was asked for long: it is needed when the leader goes.
                    .idleTimeout(IDLE_DAYS, TimeUnit.DAYS)
                    .maxInboundMessageSize(REPLY_BYTES)
                    .build();
        }

        void send(List<Handed> message) {
            SentTrace trace = new SentTrace();
            Returning returning = new Returning(message, trace, lane, this::send);
            try {
                var call = LeaderLinkGrpc.newFutureStub(channel)
                        .withCallCredentials(new BearerToken(bearer))
                        .withOption(SentTrace.KEY, trace)
                        .withInterceptors(SentTrace.INTERCEPTOR)
                        .withDeadlineAfter(LIMIT_MS, TimeUnit.MILLISECONDS)
                        .submit(ForwardRequest.newBuilder()
                                .setCommands(ByteString.copyFrom(
                                        message.stream().map(Handed::bytes).toList()))
                                .build());
                Futures.addCallback(call, new Reconnecting<>(channel), MoreExecutors.directExecutor());
                Futures.addCallback(call, returning, MoreExecutors.directExecutor());
            } catch (RuntimeException e) {
                returning.onFailure(e);
            }
        }
    }

    /** Connects anew with the next call: a replica that was away for long may lead the moment it is back. */
    private record Reconnecting<T>(ManagedChannel channel) implements FutureCallback<T> {
        @Override
        public void onSuccess(T reply) {}

        @Override
        public void onFailure(Throwable failure) {
            channel.resetConnectBackoff();
        }
    }

    /** What comes back of one message. */
    record Returning(List<Handed> message, SentTrace trace, Lane lane, Consumer<List<Handed>> again)
            implements FutureCallback<ForwardReply> {
        /** Of a single command, for whoever has no lane. */
        Returning(CompletableFuture<Answer> answer) {
            this(
                    List.of(new Handed(ByteString.EMPTY, 1, Lane.after(LIMIT_MS), answer)),
                    new SentTrace(),
                    new Lane(none -> {}),
                    none -> {});
        }

        @Override
        public void onSuccess(ForwardReply reply) {
            HandOut.whole(() -> handOut(reply));
            lane.landed();
        }

        private void handOut(ForwardReply reply) {
            for (int i = 0; i < message.size(); i++) {
                CompletableFuture<Answer> answer = message.get(i).answer();
                try {
                    settle(answer, reply.getResults(i));
                } catch (RuntimeException e) {
                    // A leader of another version, say: it may have executed the command, and the caller must not wait
                    // on.
                    answer.completeExceptionally(
                            new Unanswered(Reason.INDETERMINATE, "The leader's reply cannot be read: " + e));
                }
            }
        }

        private static void settle(CompletableFuture<Answer> answer, ForwardResult result) {
            if (result.hasAnswer()) {
                answer.complete(BatchCodec.decodeAnswers(result.getAnswer().toByteArray())
                        .getFirst());
            } else {
                Reason reason = Reason.valueOf(result.getUnanswered());
                answer.completeExceptionally(new Unanswered(reason, "The leader gave no answer: " + reason));
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            boolean unread = Status.fromThrowable(failure).getCode() == Status.Code.INVALID_ARGUMENT;
            if (unread && message.size() > 1) {
                // The leader cannot read one of them, so it executed none: it must not take the others with it.
                message.forEach(one -> lane.again(() -> again.accept(List.of(one))));
                lane.landed();
                return;
            }
            Unanswered told = unread
                    ? new Unanswered(Reason.NO_LEADER, "The leader runs another version and cannot read the request")
                    : unreachable(failure, trace);
            message.forEach(one -> one.answer().completeExceptionally(told));
            lane.landed();
        }
    }
}
