package dev.homeroom.queue.testing;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.insight.AgentSession;
import dev.homeroom.queue.core.insight.Fleet;
import dev.homeroom.queue.core.insight.LimitUse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every {@link Fleet} does (R-Q8, R-Q9). */
public abstract class FleetContract {
    /** Who is behind the fleet under test. */
    protected final InMemoryAuthority authority = new InMemoryAuthority();

    /** What is behind the fleet under test. */
    protected final InMemoryFleet behind = new InMemoryFleet(authority);

    /** The one under test. */
    protected abstract Fleet fleet();

    @Test
    void tellsSessionsByPages() {
        var java = session("a", "active", List.of("java", "gpu"), 1);
        var stale = session("b", "stale", List.of(), 0);
        var over = session("c", "failed", List.of(), 0);
        behind.show(java, stale, over);
        var first = join(fleet().sessions(null, 2));
        assertThat(first.items()).containsExactly(java, stale);
        var rest = join(fleet().sessions(first.next(), 2));
        assertThat(rest.items()).containsExactly(over);
        assertThat(rest.next()).isNull();
        assertThat(join(fleet().session("b"))).contains(stale);
        assertThat(join(fleet().session("z"))).isEmpty();
    }

    @Test
    void tellsALimitAndWhoHoldsItsPermits() {
        var holder = session("a", "active", List.of(), 1).holding(null, null);
        var use = new LimitUse("host:x", 2, 2, 1, List.of(holder));
        behind.limit(use);
        assertThat(join(fleet().limit("host:x"))).isEqualTo(use);
        assertThat(join(fleet().limit("other")).exhausted()).isFalse();
    }

    @Test
    void saysWhenItCannotBeReached() {
        authority.away(true);
        assertUnavailable(() -> join(fleet().sessions(null, 10)));
        assertUnavailable(() -> join(fleet().session("a")));
        assertUnavailable(() -> join(fleet().limit("x")));
    }

    private static void assertUnavailable(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasCauseInstanceOf(QueueException.class)
                .satisfies(e -> assertThat(((QueueException) Objects.requireNonNull(e.getCause())).rejection())
                        .isInstanceOf(Rejection.Unavailable.class));
    }

    private static AgentSession session(String id, String status, List<String> capabilities, int tasks) {
        return InMemoryFleet.session(id, status, capabilities, tasks, 3, Duration.ofSeconds(12));
    }
}
