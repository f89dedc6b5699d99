package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.Collections;
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

    @Test
    void manyEndingsAreDoneInRounds_R_S4() {
        int sessions = 2 * Bounds.EXPIRE + 1;
        for (int i = 0; i < sessions; i++) {
            bench.register("s" + i);
        }
        for (int i = 0; i < 61; i++) {
            bench.apply(1_000, List.of());
        }
        List<Integer> rounds = new ArrayList<>();
        Answer.Expired round;
        do {
            round = bench.run(new Command.Expire(1, Bounds.EXPIRE), Answer.Expired.class);
            rounds.add(round.sessions());
        } while (round.more());
        assertThat(rounds).containsExactly(Bounds.EXPIRE, Bounds.EXPIRE, 1);
    }

    @Test
    void theOldestClaimIsLookedForAmongTheOldestGrants_R_S8() {
        for (String id : List.of("few", "many")) {
            SessionView session = bench.register(id);
            for (int i = 0; i < (id.equals("few") ? Views.OLDEST - 1 : Views.OLDEST); i++) {
                bench.lock(session, id + i);
            }
            bench.run(Bench.acquire(session, Kind.CLAIM, id));
        }
        bench.pass(1_000);
        assertThat(bench.session("few").claimMillis()).isEqualTo(1_000);
        assertThat(bench.session("many").claimMillis()).isZero();
    }

    @Test
    void capabilitiesAreBoundedTogether_R_S1() {
        int each = Bounds.CAPABILITIES_BYTES / Bounds.CAPABILITIES;
        assertThat(bench.run(capable("a", each))).isInstanceOf(Answer.OneSession.class);
        assertThat(bench.refused(capable("b", each + 1))).isEqualTo(Reason.INVALID);
    }

    private static Command.Register capable(String id, int bytes) {
        List<String> capabilities = Collections.nCopies(Bounds.CAPABILITIES, "x".repeat(bytes));
        return new Command.Register(id, id, new Profile("", "", "", 0, Codebase.NONE, "", capabilities, 1), 0, 0);
    }

    @Test
    void restoredGrantsShareTheirTexts_R_S5() {
        bench.lock(bench.register("anna"), "l");
        Session session = Objects.requireNonNull(bench.state().sessions.get("anna"));
        Grant grant = Objects.requireNonNull(bench.state().firstOf(Kind.LOCK, "l"));
        GrantKey copied = new GrantKey(Kind.LOCK, copy("l"), copy("anna"), copy("l"));
        Restoration restoration = new Restoration(bench.state().head());
        restoration.add(session);
        restoration.add(GrantDecisions.make(bench.state(), session, copied, grant.token(), 0, List.of()));
        GrantKey key = Objects.requireNonNull(restoration.state().firstOf(Kind.LOCK, "l"))
                .key();
        assertThat(key.session()).isSameAs(session.id());
        assertThat(key.holder()).isSameAs(key.name());
    }

    private static String copy(String text) {
        return String.valueOf(text.toCharArray());
    }

    private static Command.Acquire numbered(String session, String attachment) {
        return new Command.Acquire(
                session, 1, new Request(1, 1), Kind.LOCK, "hot", "", 0, Terms.waiting(60_000, attachment));
    }

    private static Command.Acquire waits(String session, String name, Terms terms) {
        return new Command.Acquire(session, 1, Request.NONE, Kind.LOCK, name, "", 0, terms);
    }
}
