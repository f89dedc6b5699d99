package dev.homeroom.coordinator.grpc;

import static dev.homeroom.coordinator.grpc.Client.acquire;
import static dev.homeroom.coordinator.grpc.Client.fresh;
import static dev.homeroom.coordinator.grpc.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.v1.Candidate;
import dev.homeroom.coordinator.v1.ClaimTasks;
import dev.homeroom.coordinator.v1.ClaimTasksRequest;
import dev.homeroom.coordinator.v1.GetLimitRequest;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.Limit;
import dev.homeroom.coordinator.v1.ListLimitsRequest;
import dev.homeroom.coordinator.v1.PutLimitRequest;
import dev.homeroom.coordinator.v1.Rate;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.UseRateRequest;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class LimitsGrpcTest {
    private final Client client = new Client();
    private final Session first = client.register("first");
    private final Session second = client.register("second");
    private final String key = fresh("key");

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aLimitIsSetHeldAndListed_RL5() {
        Limit limit = client.as("agent")
                .putLimit(PutLimitRequest.newBuilder()
                        .setKey(key)
                        .setPermits(1)
                        .setRate(Rate.newBuilder().setPerSecond(1).setBurst(5))
                        .build());
        assertThat(limit.getPermits()).isEqualTo(1);
        assertThat(limit.getRate().getBurst()).isEqualTo(5);
        Grant grant = client.as("agent").acquire(acquire(first, "limit", key));
        assertThat(grant.getAvailable()).isZero();
        assertThat(problem(() -> client.as("agent").acquire(acquire(second, "limit", key)))
                        .getType())
                .endsWith("held");
        assertThat(client.as("operator")
                        .getLimit(GetLimitRequest.newBuilder().setKey(key).build())
                        .getUsed())
                .isEqualTo(1);
        assertThat(client.as("operator")
                        .listLimits(ListLimitsRequest.newBuilder()
                                .setAfter(key.substring(0, key.length() - 1))
                                .setLimit(1)
                                .build())
                        .getLimits(0)
                        .getKey())
                .isEqualTo(key);
        assertThat(problem(() -> client.as("agent")
                                .putLimit(
                                        PutLimitRequest.newBuilder().setKey(key).build()))
                        .getType())
                .endsWith("invalid");
    }

    @Test
    void aRateIsConsumedAndRefunded_RL6() {
        client.as("agent")
                .putLimit(PutLimitRequest.newBuilder()
                        .setKey(key)
                        .setRate(Rate.newBuilder().setPerSecond(0.001).setBurst(2))
                        .build());
        UseRateRequest two = UseRateRequest.newBuilder()
                .setKey(key)
                .setSession(first.getId())
                .setIncarnation(first.getIncarnation())
                .setAmount(2)
                .build();
        assertThat(client.as("agent").consume(two).getTaken()).isTrue();
        var refused = client.as("agent").consume(two);
        assertThat(refused.getTaken()).isFalse();
        assertThat(refused.getRetryAfter().getSeconds()).isPositive();
        assertThat(client.as("agent").refund(two).getTaken()).isTrue();
        assertThat(client.as("agent").consume(two).getTaken()).isTrue();
        assertThat(client.as("agent")
                        .consume(two.toBuilder().setAmount(3).build())
                        .hasRetryAfter())
                .isFalse();
    }

    @Test
    void theLargestBatchOfClaimsOfTheQueueFits_RL5() {
        ClaimTasksRequest.Builder request = ClaimTasksRequest.newBuilder();
        for (int claim = 0; claim < 200; claim++) {
            ClaimTasks.Builder one = ClaimTasks.newBuilder()
                    .setSession(first.getId())
                    .setIncarnation(first.getIncarnation())
                    .setCount(1);
            for (int i = 0; i < 264; i++) {
                one.addCandidates(Candidate.newBuilder()
                        .setTask(UUID.randomUUID().toString())
                        .setLesson("a-lesson-with-a-rather-long-name")
                        .addLimits(key));
            }
            request.addClaims(one);
        }
        ClaimTasksRequest batch = request.build();
        assertThat(batch.getSerializedSize()).isGreaterThan(6_000_000);
        var response = client.as("service").claimTasks(batch);
        assertThat(response.getResultsList()).hasSize(200).noneMatch(result -> result.hasProblem());
        assertThat(response.getResultsList().stream()
                        .mapToInt(result -> result.getGrantsCount())
                        .sum())
                .isEqualTo(10);
    }
}
