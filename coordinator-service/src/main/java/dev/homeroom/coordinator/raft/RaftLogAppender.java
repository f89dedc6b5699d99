package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Coordinator;
import dev.homeroom.coordinator.core.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * Submits entries to the Raft server of this process, without a client in between. Every failure after the submission
 * leaves open whether the entry will be committed.
 */
final class RaftLogAppender implements Batcher.Log {
    private final RaftServer server;
    private final ClientId client;
    private final Answers answers;
    private final AtomicLong calls = new AtomicLong();
    /** Calls that are done: telling Ratis keeps its retry cache small. */
    private final Queue<Long> done = new ConcurrentLinkedQueue<>();

    RaftLogAppender(RaftServer server, ClientId client, Answers answers) {
        this.server = server;
        this.client = client;
        this.answers = answers;
    }

    @Override
    public CompletableFuture<List<Answer>> append(byte[] entry) {
        long call = calls.incrementAndGet();
        CompletableFuture<List<Answer>> future = answers.await(call);
        CompletableFuture<RaftClientReply> submitted;
        try {
            submitted = server.submitClientRequestAsync(request(call, entry));
        } catch (IOException e) {
            submitted = CompletableFuture.failedFuture(e);
        }
        var unused = submitted.whenComplete((reply, failure) -> {
            done.add(call);
            Throwable cause = failure != null ? unwrap(failure) : failureOf(reply);
            if (cause != null) {
                future.completeExceptionally(RaftNode.unanswered(cause));
            } else {
                // Applying answered already; if not (a snapshot took the place of the entry), nobody can say.
                future.completeExceptionally(RaftNode.unanswered(new IOException("applied elsewhere")));
            }
        });
        return future.orTimeout(Coordinator.TIME_LIMIT_MS, TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof TimeoutException ? RaftNode.unanswered(failure) : unwrap(failure)));
    }

    private RaftClientRequest request(long call, byte[] entry) {
        List<Long> replied = new ArrayList<>();
        for (Long id = done.poll(); id != null; id = done.poll()) {
            replied.add(id);
        }
        return RaftClientRequest.newBuilder()
                .setClientId(client)
                .setServerId(server.getId())
                .setGroupId(RaftNode.GROUP)
                .setCallId(call)
                .setRepliedCallIds(replied)
                .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(entry)))
                .setType(RaftClientRequest.writeRequestType())
                .build();
    }

    private static @Nullable Throwable failureOf(RaftClientReply reply) {
        return reply.isSuccess() ? null : reply.getException();
    }

    static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
