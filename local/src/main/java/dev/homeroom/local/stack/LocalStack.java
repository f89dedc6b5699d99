package dev.homeroom.local.stack;

import dev.homeroom.local.gateway.Gateway;
import dev.homeroom.local.kafka.EmbeddedKafka;
import dev.homeroom.local.postgres.EmbeddedPostgresServer;
import dev.homeroom.local.postgres.PostgresSettings;
import dev.homeroom.local.process.Await;
import dev.homeroom.local.process.Children;
import dev.homeroom.local.process.Ports;
import dev.homeroom.local.stack.StackException.Reason;
import dev.homeroom.local.token.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything on this machine: PostgreSQL, Kafka, the four services as processes of their own, and the gateway in this
 * JVM. The parts start in dependency order, each when what it needs answers; one that dies comes back. Thread-safe.
 */
public final class LocalStack implements AutoCloseable {
    private final StackSettings settings;
    private final DataFolder data;
    private final Pids pids;
    private final TokenIssuer tokens;
    private final ServiceToken serviceToken;
    private final Map<Part, Keeper> keepers = new EnumMap<>(Part.class);
    private @Nullable Gateway gateway;
    private final List<AotCache> caches = new ArrayList<>();
    private final Object closing = new Object();
    private boolean closed;

    private LocalStack(StackSettings settings, DataFolder data, TokenIssuer tokens) throws IOException {
        this.settings = settings;
        this.data = data;
        this.tokens = tokens;
        this.pids = new Pids(data.run());
        this.serviceToken = new ServiceToken(tokens, data.serviceToken());
        for (Part part : Part.values()) {
            keepers.put(part, new Keeper(part, unit(part), settings.restart(), settings.listener(), pids::record));
        }
    }

    /**
     * Starts everything and returns when it is ready.
     *
     * @throws StackException with a sentence for people; nothing is left running then
     */
    public static LocalStack start(StackSettings settings) {
        LocalStack stack = open(settings);
        stack.run();
        return stack;
    }

    /**
     * Takes the data folder and starts nothing yet, so that who must stop in the middle of a start has something to close.
     *
     * @throws StackException when the services are not built or the folder cannot be used
     */
    public static LocalStack open(StackSettings settings) {
        ServiceJars.check(settings.root());
        DataFolder data = DataFolder.open(settings.data());
        try {
            return new LocalStack(settings, data, TokenIssuer.openOrCreate(data.keys()));
        } catch (IOException e) {
            data.close();
            throw new StackException(Reason.NO_DATA_DIRECTORY, "no keys can be kept in " + data.keys() + ": " + e, e);
        }
    }

    /** Starts what {@link #open} prepared; on failure everything is closed. */
    public void run() {
        try {
            startParts();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startParts() {
        pids.stopLeftOvers(settings.listener());
        PortCheck.require(settings.ports());
        for (Part part : Part.values()) {
            keepers.put(part, new Keeper(part, unit(part), settings.restart(), settings.listener(), pids::record));
        }
        Together.run(List.of(
                () -> keeper(Part.POSTGRES).start(), () -> keeper(Part.KAFKA).start()));
        keeper(Part.COORDINATOR).start();
        Together.run(List.of(
                () -> keeper(Part.QUEUE).start(),
                () -> keeper(Part.METRICS).start(),
                () -> keeper(Part.DASHBOARD).start()));
        startGateway();
        StackState.of(settings).write(data.state());
    }

    private void startGateway() {
        try {
            gateway = Gateway.start(settings.ports().gateway(), owner -> port(Part.valueOf(owner.name())));
        } catch (IOException e) {
            throw new StackException(Reason.PORT_BUSY, String.valueOf(e.getMessage()), e);
        }
    }

    private Unit unit(Part part) {
        return switch (part) {
            case POSTGRES ->
                new PostgresUnit(new PostgresSettings(
                        PostgresSettings.userCache(),
                        data.of(part),
                        data.log(part),
                        settings.ports().postgres(),
                        true));
            case KAFKA -> new KafkaUnit(data.of(part), data.log(part), settings.ports(), kafkaCache());
            default -> service(part);
        };
    }

    /** Only a class path of jars can have a cache. */
    private AotCache kafkaCache() {
        String classPath = Children.classPath();
        boolean jar = classPath.endsWith(".jar") && !classPath.contains(java.io.File.pathSeparator);
        return remember(AotCache.of(
                data.aot(),
                Part.KAFKA.id(),
                jar ? Objects.requireNonNull(Path.of(classPath).getParent()) : data.aot(),
                EmbeddedKafka.JVM,
                jar ? settings.aot() : StackSettings.Aot.OFF));
    }

    private Unit service(Part part) {
        Path jar = ServiceJars.of(settings.root(), part);
        AotCache cache = remember(ServiceStart.cache(part, jar, data.aot(), settings.aot()));
        return new ServiceUnit(
                part,
                jar,
                uri(part).resolve("/q/health/ready"),
                Environment.of(part, settings, data, tokens),
                data.log(part),
                cache);
    }

    private AotCache remember(AotCache cache) {
        caches.add(cache);
        return cache;
    }

    /** Whether the stop will write start-up caches, which takes seconds of CPU for each part. */
    public boolean writesCaches() {
        return caches.stream().anyMatch(AotCache::isRecording);
    }

    /** The one origin: {@code http://127.0.0.1:port}. */
    public URI gateway() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + settings.ports().gateway());
    }

    /** A service's own address. */
    public URI uri(Part part) {
        return URI.create("http://" + Ports.LOOPBACK + ":" + port(part));
    }

    private int port(Part part) {
        return settings.ports().of(part);
    }

    /** {@code host:port} of Kafka. */
    public String kafkaBootstrapServers() {
        return Ports.LOOPBACK + ":" + settings.ports().kafka();
    }

    /** The database {@code homeroom}; user and password are {@code homeroom} too. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + Ports.LOOPBACK + ":" + settings.ports().postgres() + "/"
                + EmbeddedPostgresServer.DATABASE;
    }

    /** Signs tokens that the services accept. */
    public TokenIssuer tokens() {
        return tokens;
    }

    /** What was asked for. */
    public StackSettings settings() {
        return settings;
    }

    /** The log of a part. */
    public Path log(Part part) {
        return data.log(part);
    }

    /** The process of a part; -1 before its first start. */
    public long pid(Part part) {
        return keeper(part).pid();
    }

    /** SIGKILL; returns when the process is gone. With {@link StackSettings#restart} it comes back by itself. */
    public void kill(Part part) {
        keeper(part).kill();
    }

    /** Stops a part politely and starts it again; returns when it is ready. */
    public void restart(Part part) {
        keeper(part).restart();
    }

    /** Whether the part answers, asked now. */
    public boolean isReady(Part part) {
        return keeper(part).answers();
    }

    /**
     * Waits until this part answers.
     *
     * @throws StackException when the limit passes first
     */
    public void awaitReady(Part part, Duration limit) {
        if (!Await.until(limit, () -> isReady(part))) {
            throw new StackException(Reason.PART_FAILED, part.label() + " was not ready within " + limit, null);
        }
    }

    /** Waits until every part answers. */
    public void awaitReady(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        for (Part part : Part.values()) {
            awaitReady(part, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }

    private Keeper keeper(Part part) {
        return Objects.requireNonNull(keepers.get(part), part.id());
    }

    /** Stops everything in order: gateway, services, Kafka, PostgreSQL. Bounded; a second call does nothing. */
    @Override
    public void close() {
        synchronized (closing) {
            if (!closed) {
                closed = true;
                stopParts();
            }
        }
    }

    private void stopParts() {
        keepers.values().forEach(Keeper::retire);
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
        serviceToken.close();
        Together.run(List.of(() -> stop(Part.DASHBOARD), () -> stop(Part.METRICS), () -> stop(Part.QUEUE)));
        stop(Part.COORDINATOR);
        stop(Part.KAFKA);
        stop(Part.POSTGRES);
        StackState.delete(data.state());
        data.close();
    }

    private void stop(Part part) {
        keeper(part).stop();
        pids.forget(part);
    }
}
