package dev.homeroom.bench.redis;

import dev.homeroom.bench.load.Operations;
import dev.homeroom.bench.load.Step;
import dev.homeroom.bench.load.Subject;
import dev.homeroom.bench.server.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The same on Redis as people do it: a lock is a key with a time to live, taken by {@code SET NX PX} and given back by
 * compare-and-delete, with a counter as its fencing token; a session is a key with a time to live. Callers share a few
 * pipelined connections; Redis writes what has arrived on all of them with one flush.
 */
public final class RedisSubject implements Subject {
    private static final String ACQUIRE = "if redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then"
            + " return redis.call('incr', KEYS[2]) else return 0 end";
    private static final String RELEASE =
            "if redis.call('get', KEYS[1]) == ARGV[1] then" + " return redis.call('del', KEYS[1]) else return 0 end";
    private static final String LEASE_MILLIS = "3600000";
    private static final String LOCK_MILLIS = "600000";
    private static final int CONNECTIONS = 4;
    private static final int MOST_CONNECTIONS = 1_100;
    private static final int BATCH = 100;
    private static final long LIMIT_SECONDS = 20;

    private final RedisServer server;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Redis redis;
    private final List<RedisConnection> connections = new ArrayList<>();
    private final String acquire;
    private final String release;
    private final AtomicLong ids = new AtomicLong();

    /** Connects. */
    public RedisSubject(RedisServer server) {
        this.server = server;
        this.redis = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString("redis://127.0.0.1:" + server.port())
                        .setMaxPoolSize(MOST_CONNECTIONS)
                        .setMaxPoolWaiting(MOST_CONNECTIONS)
                        .setMaxWaitingHandlers(1 << 17));
        connections.addAll(connect(CONNECTIONS));
        acquire = load(ACQUIRE);
        release = load(RELEASE);
    }

    private List<RedisConnection> connect(int count) {
        List<RedisConnection> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(await(redis.connect()));
        }
        return opened;
    }

    private String load(String script) {
        Request request = Request.cmd(Command.SCRIPT).arg("LOAD").arg(script);
        return String.valueOf(await(connections.getFirst().send(request)));
    }

    private static <T extends @Nullable Object> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public String system() {
        return "redis";
    }

    @Override
    public int nodes() {
        return 1;
    }

    @Override
    public List<Long> pids() {
        return List.of(server.pid());
    }

    @Override
    public Optional<Prepared> prepare(Load load) {
        return switch (load.operation()) {
            case Operations.LOCK_PAIR -> Prepared.of((caller, done) -> pair(connection(caller), caller, done));
            case Operations.LOCK_PAIR_APART -> {
                List<RedisConnection> own = connect(load.callers());
                yield Optional.of(new Prepared(
                        (caller, done) -> pair(own.get(caller), caller, done),
                        1,
                        Map.of(),
                        () -> own.forEach(RedisConnection::close)));
            }
            case Operations.REGISTER -> Prepared.of(this::register);
            case Operations.HEARTBEAT_UNARY -> {
                sessions(load.callers());
                yield Prepared.of((caller, done) -> heartbeats(caller, 1, done));
            }
            case Operations.HEARTBEAT -> {
                sessions(load.callers() * BATCH);
                yield Optional.of(new Prepared(
                        (caller, done) -> heartbeats(caller, BATCH, done),
                        BATCH,
                        Map.of("per_message", BATCH),
                        () -> {}));
            }
            default -> Optional.empty();
        };
    }

    private void pair(RedisConnection connection, int caller, Step.Done done) {
        String owner = "owner-" + caller;
        String key = "lock:bench-" + caller;
        Request take = Request.cmd(Command.EVALSHA)
                .arg(acquire)
                .arg(2)
                .arg(key)
                .arg("fencing")
                .arg(owner)
                .arg(LOCK_MILLIS);
        Request give = Request.cmd(Command.EVALSHA).arg(release).arg(1).arg(key).arg(owner);
        connection.send(take).onComplete(taken -> {
            if (taken.failed() || !yes(taken.result())) {
                done.failed(cause(taken.cause()));
                return;
            }
            done.part();
            connection.send(give).onComplete(given -> {
                if (given.failed() || !yes(given.result())) {
                    done.failed(cause(given.cause()));
                } else {
                    done.ok();
                }
            });
        });
    }

    /** A key with the session's data and a time to live, and a number as its incarnation. */
    private void register(int caller, Step.Done done) {
        String id = "session:r" + ids.incrementAndGet();
        List<Request> both = List.of(
                Request.cmd(Command.SET)
                        .arg(id)
                        .arg("bench dev-1 pts/3 4242")
                        .arg("PX")
                        .arg(LEASE_MILLIS),
                Request.cmd(Command.INCR).arg("incarnation"));
        connection(caller).batch(both).onComplete(result -> {
            if (result.failed()) {
                done.failed(result.cause());
            } else {
                done.ok();
            }
        });
    }

    private void sessions(int count) {
        List<Request> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(Request.cmd(Command.SET)
                    .arg("session:" + i)
                    .arg("bench")
                    .arg("PX")
                    .arg(LEASE_MILLIS));
        }
        await(connections.getFirst().batch(batch));
    }

    private void heartbeats(int caller, int count, Step.Done done) {
        if (count == 1) {
            connection(caller).send(beat(caller)).onComplete(result -> {
                if (result.failed() || !yes(result.result())) {
                    done.failed(cause(result.cause()));
                } else {
                    done.ok();
                }
            });
            return;
        }
        List<Request> batch = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batch.add(beat(caller * count + i));
        }
        connection(caller).batch(batch).onComplete(result -> {
            if (result.failed() || !result.result().stream().allMatch(RedisSubject::yes)) {
                done.failed(cause(result.cause()));
            } else {
                done.ok();
            }
        });
    }

    private static Request beat(int session) {
        return Request.cmd(Command.PEXPIRE).arg("session:" + session).arg(LEASE_MILLIS);
    }

    /** Whether a number other than 0 came back. */
    private static boolean yes(@Nullable Response response) {
        Long number = response == null ? null : response.toLong();
        return number != null && number != 0;
    }

    private static Throwable cause(@Nullable Throwable failure) {
        return failure == null ? new IllegalStateException("Redis says no") : failure;
    }

    private RedisConnection connection(int caller) {
        return connections.get(caller % connections.size());
    }

    @Override
    public void close() {
        redis.close();
        await(vertx.close());
    }
}
