package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeadlockTest {
    private static final Terms WAIT = Terms.waiting(60_000, "a1");

    private final Bench bench = new Bench();
    private final SessionView anna = bench.register("anna");
    private final SessionView bert = bench.register("bert");
    private final SessionView carl = bench.register("carl");

    @Test
    void theNewcomerOfACircleIsToldAtOnceWithTheCircle_R_L7() {
        bench.lock(anna, "x");
        bench.lock(bert, "y");
        bench.lock(carl, "z");
        bench.waits(anna, "y");
        bench.waits(bert, "z");
        Rejection rejection = bench.run(
                        Bench.waiting(carl, Kind.LOCK, "x", new Request(1, 1), 60_000), Answer.Rejected.class)
                .rejection();
        assertThat(rejection.reason()).isEqualTo(Reason.DEADLOCK);
        assertThat(rejection.cycle())
                .containsExactly(
                        "session carl waits for lock x held by session anna",
                        "session anna waits for lock y held by session bert",
                        "session bert waits for lock z held by session carl");
        assertThat(bench.state().waiterCount()).isEqualTo(2);
    }

    @Test
    void aCircleThroughAnEarlierWaiterIsFound_R_L7() {
        bench.lock(anna, "x");
        bench.lock(bert, "y");
        bench.lock(carl, "z");
        bench.run(Bench.all(bert, Request.NONE, WAIT, "x", "free"), Answer.Waiting.class);
        bench.waits(carl, "free");
        Rejection rejection = bench.run(Bench.waiting(anna, Kind.LOCK, "z", Request.NONE, 1_000), Answer.Rejected.class)
                .rejection();
        assertThat(rejection.cycle())
                .containsExactly(
                        "session anna waits for lock z held by session carl",
                        "session carl waits for lock free after session bert",
                        "session bert waits for lock x held by session anna");
    }

    @Test
    void threadsOfASessionAreToldApartByTheirLabels_R_L7() {
        bench.lock(bert, "y");
        bench.run(new Command.Acquire("anna", 1, Request.NONE, Kind.LOCK, "x", "t1", 0));
        bench.waits(bert, "x");
        // Another thread of anna may wait for bert: t1 will give x back by itself.
        bench.run(new Command.Acquire("anna", 1, Request.NONE, Kind.LOCK, "y", "t2", 0, WAIT), Answer.Waiting.class);
        assertThat(bench.refused(new Command.Acquire("anna", 1, Request.NONE, Kind.LOCK, "y", "t1", 0, WAIT)))
                .isEqualTo(Reason.DEADLOCK);
    }

    @Test
    void whoIsWaitedForMayQueueBehindThousands_R_L7() {
        String[] hot = {"h0", "h1", "h2"};
        SessionView holder = bench.register("holder");
        for (String name : hot) {
            bench.lock(holder, name);
        }
        SessionView many = holder;
        for (int i = 0; i <= WaitsFor.EXAMINED / hot.length; i++) {
            many = i % Bounds.WAITERS_PER_SESSION == 0 ? bench.register("s" + i) : many;
            bench.run(several(many, "t" + i, hot), Answer.Waiting.class);
        }
        bench.lock(anna, "mine");
        bench.waits(bert, "mine");
        bench.run(several(anna, "", hot), Answer.Waiting.class);
        assertThat(bench.run(Bench.waiting(holder, Kind.LOCK, "mine", Request.NONE, 1_000), Answer.Rejected.class)
                        .rejection()
                        .cycle())
                .containsExactly(
                        "session holder waits for lock mine held by session anna",
                        "session anna waits for lock h0 held by session holder");
    }

    private static Command several(SessionView session, String label, String... names) {
        List<ResourceKey> resources =
                Stream.of(names).map(name -> new ResourceKey(Kind.LOCK, name)).toList();
        return new Command.AcquireAll(session.id(), 1, Request.NONE, resources, label, 0, WAIT);
    }

    @Test
    void permitsMakeNoCircle_R_L7() {
        bench.run(new Command.SetLimit("k", 1));
        bench.run(Bench.acquire(anna, Kind.LIMIT, "k"));
        bench.lock(bert, "y");
        bench.run(Bench.waiting(bert, Kind.LIMIT, "k", Request.NONE, 1_000), Answer.Waiting.class);
        bench.run(Bench.waiting(anna, Kind.LOCK, "y", Request.NONE, 1_000), Answer.Waiting.class);
    }

    @Test
    void aThiefThatWaitsForItsVictimsWaiterIsFreed_R_L7() {
        bench.lock(anna, "x");
        bench.lock(bert, "y");
        Answer.Waiting thief = bench.waits(carl, "y");
        Answer.Waiting victim = bench.waits(bert, "x");
        Terms force = new Terms(Strategy.FORCE_ACQUIRE, 0, true, "", 0, Map.of(), "ops", "stuck");
        bench.run(Bench.with(carl, Kind.LOCK, "x", Request.NONE, force), Answer.Granted.class);
        assertThat(bench.rejected(thief).reason()).isEqualTo(Reason.DEADLOCK);
        assertThat(bench.rejected(thief).cycle())
                .containsExactly(
                        "session carl waits for lock y held by session bert",
                        "session bert waits for lock x held by session carl");
        assertThat(bench.ends).doesNotContainKey(victim.ticket());
    }

    @Test
    void whatAnOwnerLosesWhileItWaitsMayCloseACircle_R_L7() {
        // anna counts x as got; when it expires she waits behind carl, who waits for her z.
        bench.run(new Command.Acquire("anna", 1, Request.NONE, Kind.LOCK, "x", "", 2_000));
        bench.lock(anna, "z");
        bench.lock(bert, "y");
        bench.run(Bench.all(carl, Request.NONE, WAIT, "x", "z"), Answer.Waiting.class);
        Answer.Waiting several = bench.run(Bench.all(anna, Request.NONE, WAIT, "x", "y"), Answer.Waiting.class);
        bench.pass(2_000);
        assertThat(bench.rejected(several).reason()).isEqualTo(Reason.DEADLOCK);
    }
}
