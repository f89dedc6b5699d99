package dev.homeroom.bench.http;

import dev.homeroom.bench.load.Operations;
import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.load.Subject;
import dev.homeroom.bench.server.HomeroomCluster;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The coordinator over HTTP, at the leader. */
public final class HomeroomHttpSubject implements Subject {
    private static final long LIMIT_SECONDS = 10;

    private final HomeroomCluster cluster;
    private int run;

    /** Of a running cluster, which stays its owner's. */
    public HomeroomHttpSubject(HomeroomCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public String system() {
        return "homeroom";
    }

    @Override
    public int nodes() {
        return cluster.nodes();
    }

    @Override
    public List<Long> pids() {
        return cluster.pids();
    }

    @Override
    public Optional<Prepared> prepare(Load load) {
        boolean heartbeat = load.operation().equals(Operations.HTTP_HEARTBEAT);
        if (!heartbeat && !load.operation().equals(Operations.HTTP_LOCK_PAIR)) {
            return Optional.empty();
        }
        HttpLoad http = new HttpLoad(
                cluster.httpPort(Math.max(0, cluster.leader())), load.callers(), "Bearer " + cluster.agentToken());
        String prefix = "h" + ++run + "-";
        long[] incarnations = new long[load.callers()];
        for (int i = 0; i < load.callers(); i++) {
            incarnations[i] = register(http, prefix + i);
        }
        Step step = heartbeat ? heartbeats(http, prefix, incarnations) : pairs(http, prefix, incarnations);
        return Optional.of(new Prepared(step, 1, Map.of("requests_per_op", heartbeat ? 1 : 2), http::close));
    }

    private static long register(HttpLoad http, String id) {
        CompletableFuture<Long> incarnation = new CompletableFuture<>();
        JsonObject body = new JsonObject()
                .put("id", id)
                .put("instance", "run")
                .put("name", "bench")
                .put("leaseTimeout", "PT1H");
        http.post(
                "/api/sessions",
                body.toBuffer(),
                new Failing(incarnation),
                answer -> incarnation.complete(answer.toJsonObject().getLong("incarnation")));
        return incarnation.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    private static Step heartbeats(HttpLoad http, String prefix, long[] incarnations) {
        return (caller, done) -> http.post(
                "/api/sessions/" + prefix + caller + "/heartbeat",
                Buffer.buffer("{\"incarnation\":" + incarnations[caller] + "}"),
                done,
                ok -> done.ok());
    }

    private static Step pairs(HttpLoad http, String prefix, long[] incarnations) {
        long[] seq = new long[incarnations.length];
        return (caller, done) -> http.post(
                "/api/locks/" + prefix + caller + "/acquire",
                request(prefix, caller, incarnations, seq, 0),
                done,
                grant -> {
                    done.part();
                    long token = grant.toJsonObject().getLong("token");
                    http.post(
                            "/api/locks/" + prefix + caller + "/release",
                            request(prefix, caller, incarnations, seq, token),
                            done,
                            released -> done.ok());
                });
    }

    private static Buffer request(String prefix, int caller, long[] incarnations, long[] seq, long token) {
        long fresh = ++seq[caller];
        return Buffer.buffer("{\"session\":\"" + prefix + caller + "\",\"incarnation\":" + incarnations[caller]
                + (token == 0 ? "" : ",\"token\":" + token) + ",\"seq\":" + fresh + ",\"unanswered\":" + fresh + "}");
    }

    private record Failing(CompletableFuture<Long> future) implements Step.Done {
        @Override
        public void ok() {
            // The answer itself completes the future.
        }

        @Override
        public void failed(Throwable failure) {
            future.completeExceptionally(failure);
        }

        @Override
        public void part() {
            // Nothing is measured here.
        }
    }

    @Override
    public void close() {
        // The cluster is its owner's.
    }
}
