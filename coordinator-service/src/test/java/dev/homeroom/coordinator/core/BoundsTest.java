package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What hostile or merely large input may cost: nothing is kept at the size it was sent. */
class BoundsTest {
    private static final String HUGE = "x".repeat(1_000_000);

    private final Bench bench = new Bench();

    @Test
    void whatIsOutOfBoundsIsNotKeptWithItsRequestId_R_S1() {
        Profile profile = new Profile(HUGE, "", "", 0, Codebase.NONE, "", List.of(), 1);
        List<Command> huge = List.of(
                new Command.Register("a", "run-1", profile, 0, 0),
                new Command.ReleaseSession(HUGE, 0),
                new Command.SetLimit(HUGE, 1),
                new Command.SetRate(HUGE, 1, 1),
                new Command.ForceRelease(Kind.LOCK, HUGE, 0, "ops", "stuck"),
                new Command.AssignTask(HUGE, Bench.task("1"), 0),
                new Command.PutAffinity(new Affinity(HUGE, "s", "l", List.of(), 1)),
                new Command.DeleteAffinity(HUGE));
        for (int i = 0; i < huge.size(); i++) {
            assertThat(bench.refused(new Command.Once("r" + i, huge.get(i)))).isEqualTo(Reason.INVALID);
        }
        bench.state().requests(kept -> assertThat(kept.requestId()).isNull());
    }

    @Test
    void aLongCircleIsToldInShort_R_L7() {
        Terms wait = Terms.waiting(60_000, "a");
        int owners = Bounds.CYCLE + 5;
        for (int i = 0; i < owners; i++) {
            bench.lock(bench.register("s" + i), "l" + i);
        }
        for (int i = 0; i < owners - 1; i++) {
            bench.run(waits("s" + i, "l" + (i + 1), wait), Answer.Waiting.class);
        }
        Rejection refused = bench.run(waits("s" + (owners - 1), "l0", wait), Answer.Rejected.class)
                .rejection();
        assertThat(refused.reason()).isEqualTo(Reason.DEADLOCK);
        assertThat(refused.cycle())
                .hasSize(Bounds.CYCLE + 1)
                .startsWith("session s" + (owners - 1) + " waits for lock l0 held by session s0")
                .endsWith("and so on: 5 more wait in this circle");
    }

    @Test
    void nobodyIsSearchedForWhenNoWaitBegins_R_L2() {
        SessionView anna = bench.register("anna");
        bench.register("bert");
        bench.lock(anna, "hot");
        bench.run(waits("bert", "hot", Terms.waiting(60_000, "a")), Answer.Waiting.class);
        // Another thread of bert goes on with other locks: each would cost a search along the whole queue.
        Evolution evolution = new Evolution(bench.state());
        GrantKey key = new GrantKey(Kind.LOCK, "cold", "bert", "cold");
        Session session = Objects.requireNonNull(bench.state().sessions.get("bert"));
        Grant grant = GrantDecisions.make(bench.state(), session, key, 99, 0, List.of());
        evolution.evolve(new Event.GrantBegan(grant));
        evolution.evolve(new Event.GrantEnded(grant, EndReason.RELEASED));
        assertThat(bench.state().agenda.isEmpty()).isTrue();
    }

    @Test
    void farBackInAQueueThePlaceIsItsLength_R_L3() {
        bench.lock(bench.register("holder"), "hot");
        int waiters = 300;
        for (int i = 0; i < waiters; i++) {
            bench.register("s" + i);
            Answer.Waiting waiting = bench.run(numbered("s" + i, "a"), Answer.Waiting.class);
            assertThat(waiting.position()).isEqualTo(i + 1);
        }
        // As after the loss of a leader, when all ask again.
        for (int i = 0; i < waiters; i++) {
            Answer.Waiting again = bench.run(numbered("s" + i, "b"), Answer.Waiting.class);
            assertThat(again.position()).isEqualTo(i <= Queues.Positions.COUNTED ? i + 1 : waiters);
        }
    }

    private static Command.Acquire numbered(String session, String attachment) {
        return new Command.Acquire(
                session, 1, new Request(1, 1), Kind.LOCK, "hot", "", 0, Terms.waiting(60_000, attachment));
    }

    private static Command.Acquire waits(String session, String name, Terms terms) {
        return new Command.Acquire(session, 1, Request.NONE, Kind.LOCK, name, "", 0, terms);
    }
}
