package dev.homeroom.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.ClusterChange;
import dev.homeroom.coordinator.ClusterRefused;
import dev.homeroom.coordinator.CommandMeter;
import dev.homeroom.coordinator.LeaderRouter;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.codec.BatchCodec;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.internal.v1.ChangeReply;
import dev.homeroom.coordinator.internal.v1.ChangeRequest;
import dev.homeroom.coordinator.internal.v1.ForwardReply;
import dev.homeroom.coordinator.internal.v1.ForwardRequest;
import dev.homeroom.coordinator.internal.v1.ForwardResult;
import dev.homeroom.coordinator.internal.v1.LeaderLinkGrpc;
import dev.homeroom.local.process.Ports;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both ends of the link between replicas, over real gRPC; the replicas are answers and failures to order. */
class LeaderLinkTest {
    private static final Command READ = new Command.GetSession("s");

    private final Member leader =
            new Member("n2", "127.0.0.1:1", "127.0.0.1:" + Ports.free(1).getFirst());
    private final GrpcLeaderLink link = new GrpcLeaderLink(() -> "Bearer test");
    private final List<Server> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        link.close();
        servers.forEach(Server::shutdownNow);
    }

    @Test
    void manyCommandsAreAnsweredEachByItsOwn_R_L10() throws Exception {
        FakeReplica replica = new FakeReplica(
                true,
                command -> CompletableFuture.completedFuture(
                        new Answer.TokenFloor(((Command.RaiseTokenFloor) command).floor())));
        serve(new Endpoint(new LeaderLinkEndpoint(replica)));
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 5_000)
                .mapToObj(i ->
                        link.forward(leader, new Command.RaiseTokenFloor(i)).toCompletableFuture())
                .toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join()).isEqualTo(new Answer.TokenFloor(i));
        }
    }

    @Test
    void aReplicaThatDoesNotLeadExecutesNothingAndSaysSo_R_L10() throws Exception {
        serve(new Endpoint(new LeaderLinkEndpoint(new FakeReplica(
                false, command -> CompletableFuture.failedFuture(new Unanswered(Reason.NO_LEADER, "not here"))))));
        assertThat(reason(link.forward(leader, READ))).isEqualTo(Reason.NO_LEADER);
    }

    @Test
    void whatWasNeverSentWasNotExecuted_R_L10() {
        assertThat(reason(link.forward(leader, READ)))
                .as("nobody listens there")
                .isEqualTo(Reason.NO_LEADER);
    }

    @Test
    void whatTheLeaderTookBeforeItWentAwayMayHaveBeenExecuted_R_L10() throws Exception {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        Server server = serve(new LeaderLinkGrpc.LeaderLinkImplBase() {
            @Override
            public void submit(ForwardRequest request, StreamObserver<ForwardReply> reply) {
                taken.complete(null);
            }
        });
        CompletionStage<Answer> answer = link.forward(leader, READ);
        taken.get(20, TimeUnit.SECONDS);
        server.shutdownNow();
        assertThat(reason(answer)).isEqualTo(Reason.INDETERMINATE);
    }

    @Test
    void aReplyThatCannotBeReadLeavesOnlyItsOwnCommandOpen_R_L10() throws Exception {
        ByteString done = ByteString.copyFrom(BatchCodec.encodeAnswers(List.of(new Answer.Done())));
        serve(new LeaderLinkGrpc.LeaderLinkImplBase() {
            @Override
            public void submit(ForwardRequest request, StreamObserver<ForwardReply> reply) {
                int commands = BatchCodec.decodeCommands(request.getCommands().toByteArray())
                        .size();
                ForwardReply.Builder all = ForwardReply.newBuilder();
                for (int i = 0; i < commands; i++) {
                    all.addResults(
                            i == 0
                                    ? ForwardResult.newBuilder().setUnanswered("A_REASON_OF_TOMORROW")
                                    : ForwardResult.newBuilder().setAnswer(done));
                }
                reply.onNext(all.build());
                reply.onCompleted();
            }
        });
        assertThat(reason(link.forward(leader, READ))).isEqualTo(Reason.INDETERMINATE);
        List<CompletableFuture<Answer>> many = IntStream.range(0, 2_000)
                .mapToObj(_ -> link.forward(leader, READ).toCompletableFuture())
                .toList();
        CompletableFuture<?>[] settled = many.stream()
                .map(one -> one.handle((answer, failure) -> failure))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(settled).get(30, TimeUnit.SECONDS);
        assertThat(many).anyMatch(one -> !one.isCompletedExceptionally());
    }

    @Test
    void aCommandTheLeaderCannotReadHarmsNoOther_R_L10() throws Exception {
        List<Integer> messages = new ArrayList<>();
        LeaderLinkEndpoint endpoint = new LeaderLinkEndpoint(
                new FakeReplica(true, command -> CompletableFuture.completedFuture(new Answer.Done())));
        serve(new Endpoint(endpoint) {
            @Override
            public void submit(ForwardRequest request, StreamObserver<ForwardReply> reply) {
                String text = request.getCommands().toStringUtf8();
                synchronized (messages) {
                    messages.add(text.length());
                }
                if (text.contains("poison")) {
                    reply.onError(Status.INVALID_ARGUMENT.asRuntimeException());
                } else {
                    super.submit(request, reply);
                }
            }
        });
        CompletableFuture<Answer> poison = new CompletableFuture<>();
        List<CompletableFuture<Answer>> others = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (i == 150) {
                poison = link.forward(leader, new Command.GetSession("poison")).toCompletableFuture();
            }
            others.add(link.forward(leader, READ).toCompletableFuture());
        }
        CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        assertThat(reason(poison)).isEqualTo(Reason.NO_LEADER);
    }

    @Test
    void aChangeOfTheMembersIsHandedOverWithItsRefusal_R_O3() throws Exception {
        FakeReplica replica = new FakeReplica(true, command -> CompletableFuture.completedFuture(new Answer.Done()));
        replica.refusal = new ClusterRefused(ProblemType.CONFLICT, "no");
        serve(new Endpoint(new LeaderLinkEndpoint(replica)));
        assertThat(link.change(leader, new ClusterChange.Remove("n3")).toCompletableFuture())
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ClusterRefused.class);
        assertThat(replica.asked).containsExactly(new ClusterChange.Remove("n3"));
        replica.refusal = null;
        assertThat(link.change(leader, new ClusterChange.View())
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .isEqualTo(FakeReplica.VIEW);
    }

    @Test
    void aRouterTriesAgainUntilThereIsALeader_R_L10() throws Exception {
        FakeReplica follower = new FakeReplica(
                false, command -> CompletableFuture.failedFuture(new Unanswered(Reason.NO_LEADER, "not here")));
        follower.leader = leader;
        LeaderRouter router = new LeaderRouter(follower, link, CommandMeter.NONE);
        CompletionStage<Answer> answer = router.submit(new Command.Register("s", "i", Profile.NONE, 0, 0));
        serve(new Endpoint(new LeaderLinkEndpoint(
                new FakeReplica(true, command -> CompletableFuture.completedFuture(new Answer.Done())))));
        assertThat(answer.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo(new Answer.Done());
    }

    @Test
    void aReplicaThatIsCutOffSaysWhomToAsk_R_L10() {
        FakeReplica alone = new FakeReplica(
                false, command -> CompletableFuture.failedFuture(new Unanswered(Reason.NO_LEADER, "not here")));
        LeaderRouter router = new LeaderRouter(alone, link, CommandMeter.NONE);
        CompletableFuture<Answer> answer = router.submit(READ).toCompletableFuture();
        assertThat(answer)
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(Unanswered.class, one -> {
                    assertThat(one.reason()).isEqualTo(Reason.NO_LEADER);
                    assertThat(one.next()).anyMatch(next -> next.contains(FakeReplica.OTHER.serviceAddress()));
                });
    }

    private Server serve(LeaderLinkGrpc.LeaderLinkImplBase service) throws Exception {
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Member.port(leader.serviceAddress())))
                .addService(service)
                .build()
                .start();
        servers.add(server);
        return server;
    }

    private static Reason reason(CompletionStage<Answer> answer) {
        Throwable failure = answer.toCompletableFuture()
                .handle((given, thrown) -> thrown)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(failure).isInstanceOf(Unanswered.class);
        return ((Unanswered) failure).reason();
    }

    /** Serves the endpoint without the framework around it. */
    private static class Endpoint extends LeaderLinkGrpc.LeaderLinkImplBase {
        private final LeaderLinkEndpoint endpoint;

        Endpoint(LeaderLinkEndpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public void submit(ForwardRequest request, StreamObserver<ForwardReply> reply) {
            var unused = endpoint.submit(request).subscribe().with(done -> finish(reply, done), reply::onError);
        }

        @Override
        public void change(ChangeRequest request, StreamObserver<ChangeReply> reply) {
            var unused = endpoint.change(request).subscribe().with(done -> finish(reply, done), reply::onError);
        }

        private static <T> void finish(StreamObserver<T> reply, T done) {
            reply.onNext(done);
            reply.onCompleted();
        }
    }
}
