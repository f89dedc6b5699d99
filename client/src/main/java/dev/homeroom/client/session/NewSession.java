package dev.homeroom.client.session;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import dev.homeroom.client.Checks;
import dev.homeroom.client.Codebase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as it registers (requirement R-S1).
 *
 * @param id null: the coordinator takes the instance
 * @param instance made for this run of the process, so that a repeated registration is recognised; another instance of the
 *     same id fences the old one
 * @param maxConcurrentTasks 1 to 1,000
 * @param leaseTimeout 1 s to 4 h; null: the coordinator's default, 30 s
 * @param heartbeatInterval shorter than the lease; null: the coordinator chooses
 */
public record NewSession(
        @Nullable String id,
        String instance,
        String name,
        @Nullable String host,
        @Nullable String tty,
        @Nullable Long pid,
        @Nullable Codebase codebase,
        @Nullable String lesson,
        List<String> capabilities,
        int maxConcurrentTasks,
        @Nullable Duration leaseTimeout,
        @Nullable Duration heartbeatInterval) {
    private static final Duration LONGEST_LEASE = Duration.ofHours(4);
    private static final TimeBasedEpochRandomGenerator INSTANCES = Generators.timeBasedEpochRandomGenerator();

    /** Checks the bounds and copies the list. */
    public NewSession {
        if (id != null) {
            Checks.name("id", id);
        }
        Checks.name("instance", instance);
        Checks.name("name", name);
        Checks.range("maxConcurrentTasks", maxConcurrentTasks, 1, 1_000);
        Checks.range("number of capabilities", capabilities.size(), 0, 64);
        if (leaseTimeout != null) {
            Checks.range("leaseTimeout", leaseTimeout, Duration.ofSeconds(1), LONGEST_LEASE);
        }
        if (heartbeatInterval != null) {
            Duration lease = leaseTimeout == null ? LONGEST_LEASE : leaseTimeout;
            Checks.range("heartbeatInterval", heartbeatInterval, Duration.ofMillis(1), lease.minusMillis(1));
        }
        capabilities = List.copyOf(capabilities);
    }

    /** A session of this process, with a new instance and everything else left to the coordinator. */
    public static NewSession named(String name) {
        return new NewSession(
                null,
                INSTANCES.generate().toString(),
                name,
                null,
                null,
                ProcessHandle.current().pid(),
                null,
                null,
                List.of(),
                1,
                null,
                null);
    }

    /** The same under this id. */
    public NewSession withId(String newId) {
        return new NewSession(
                newId,
                instance,
                name,
                host,
                tty,
                pid,
                codebase,
                lesson,
                capabilities,
                maxConcurrentTasks,
                leaseTimeout,
                heartbeatInterval);
    }

    /** The same at this place; what is unknown is null. */
    public NewSession at(@Nullable String newHost, @Nullable String newTty, @Nullable Codebase newCodebase) {
        return new NewSession(
                id,
                instance,
                name,
                newHost,
                newTty,
                pid,
                newCodebase,
                lesson,
                capabilities,
                maxConcurrentTasks,
                leaseTimeout,
                heartbeatInterval);
    }

    /** The same for this work. */
    public NewSession offering(@Nullable String newLesson, List<String> newCapabilities, int newMaxConcurrentTasks) {
        return new NewSession(
                id,
                instance,
                name,
                host,
                tty,
                pid,
                codebase,
                newLesson,
                newCapabilities,
                newMaxConcurrentTasks,
                leaseTimeout,
                heartbeatInterval);
    }

    /** The same with this lease and interval. */
    public NewSession withLease(Duration lease, Duration interval) {
        return new NewSession(
                id,
                instance,
                name,
                host,
                tty,
                pid,
                codebase,
                lesson,
                capabilities,
                maxConcurrentTasks,
                lease,
                interval);
    }
}
