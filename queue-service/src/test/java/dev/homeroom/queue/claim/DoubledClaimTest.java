package dev.homeroom.queue.claim;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.Parts;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A request and its repeat at the same moment: what a replica finds in its sockets when it wakes from a pause. */
class DoubledClaimTest {
    private static final Duration TTL = Duration.ofMinutes(10);

    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private QueueDatabase database;
    private InMemoryAuthority authority;
    private Parts parts;

    @BeforeEach
    void start() {
        database = new QueueDatabase();
        authority = new InMemoryAuthority();
        parts = Parts.of(database.store(), behindGate(authority));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    @DisplayName("R-Q2: a claim and its repeat at once get the same task, and each of them once")
    void bothGetTheSame() {
        for (int i = 0; i < 8; i++) {
            join(parts.queue().enqueue(Tasks.task()));
        }
        var others = new ArrayList<CompletableFuture<List<Task>>>();
        others.add(claim(session("other"), RequestId.NONE));
        var session = session("doubled");
        var claim = claim(session, new RequestId(1, 1));
        var repeat = claim(session, new RequestId(1, 1));
        gate.complete(null);
        others.forEach(other -> assertThat(join(other)).hasSize(1));
        assertThat(join(claim)).hasSize(1);
        assertThat(join(repeat))
                .extracting(Task::id)
                .containsExactly(join(claim).getFirst().id());
    }

    private Owner session(String name) {
        return new Owner(name, authority.register(name, 100));
    }

    private CompletableFuture<List<Task>> claim(Owner owner, RequestId request) {
        return parts.queue().claim(owner, request, ClaimFilter.ANY, 1, TTL, Duration.ZERO);
    }

    /** Claims reach the authority when the gate is open: so those that come meanwhile gather. */
    private GrantAuthority behindGate(GrantAuthority behind) {
        return (GrantAuthority) Proxy.newProxyInstance(
                GrantAuthority.class.getClassLoader(),
                new Class<?>[] {GrantAuthority.class},
                (_, method, arguments) -> method.getName().equals("claim")
                        ? gate.thenCompose(_ -> invoke(behind, method, arguments))
                        : invoke(behind, method, arguments));
    }

    private static CompletionStage<?> invoke(
            GrantAuthority behind, java.lang.reflect.Method method, Object[] arguments) {
        try {
            return (CompletionStage<?>) method.invoke(behind, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
