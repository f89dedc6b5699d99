package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PropertyTest {
    private static final int SEEDS = 150;
    private static final int ENTRIES = 800;

    /** What the logs reach, so that a generator that no longer reaches the interesting places fails too. */
    private final Set<String> reached = new TreeSet<>();

    @Test
    void invariantsHoldAfterEveryEntry_R_S4_R_L1_R_L2_R_L4_R_L5_R_L7() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Machine machine = new Machine();
            RandomLog log = new RandomLog(seed);
            Invariants invariants = new Invariants();
            WaitInvariants waits = new WaitInvariants();
            Map<Long, Waiter> waiters = new HashMap<>();
            Map<Long, Grant> grants = new HashMap<>();
            machine.apply(1, new Batch(1, 0, 0, log.start()));
            for (int entry = 2; entry < ENTRIES; entry++) {
                Batch batch = log.next(1);
                Command command = batch.commands().getFirst();
                Applied applied = machine.apply(entry, batch);
                Answer answer = applied.answers().getFirst();
                log.learn(applied);
                note(answer);
                String place = "seed " + seed + ", entry " + entry + ": " + batch;
                assertThat(invariants.check(machine.state())).as(place).isEmpty();
                assertThat(waits.check(machine.state(), command, applied))
                        .as(place)
                        .isEmpty();
                assertThat(invariants.answered(command, answer)).as(place).isEmpty();
                for (WaitEnd end : applied.waitEnds()) {
                    note(end);
                    if (!(command instanceof Command.CancelWait)) {
                        Waiter waiter = waiters.get(end.ticket());
                        assertThat(
                                        waiter == null
                                                ? invariants.ended(command, end.answer())
                                                : invariants.answered(waiter, end.answer()))
                                .as(place)
                                .isEmpty();
                    }
                }
                machine.state().grants(grant -> grants.remove(grant.token()));
                grants.values().forEach(invariants::undone);
                grants.clear();
                machine.state().waiters(waiter -> waiters.put(waiter.ticket(), waiter));
                machine.state().grants(grant -> grants.put(grant.token(), grant));
            }
            machine.state().backlog(Cursor.START, Integer.MAX_VALUE).forEach(one -> note(one.change()));
        }
        assertThat(reached)
                .contains("ended EXPIRED", "ended SESSION_FAILED", "ended SUPERSEDED", "ended SESSION_RELEASED")
                .contains("rejected REQUEST_TOO_OLD", "rejected HELD", "rejected STALE_TOKEN", "rejected TOO_MANY")
                .contains("exhausted", "full", "more due", "waiting", "granted all", "taken", "cancelled")
                .contains("ended UNCONFIRMED", "ended STOLEN", "ended FORCED", "ended CANCELLED", "rejected DEADLOCK")
                .contains("wait ended Granted", "wait ended GrantedAll", "wait ended HELD")
                .contains("wait ended SESSION_ENDED", "wait ended REQUEST_TOO_OLD", "wait ended TOO_MANY")
                .contains("assigned", "told", "no tokens left", "ended UNCONFIRMED", "rejected NONE_AVAILABLE");
    }

    private void note(Answer answer) {
        switch (answer) {
            case Answer.Rejected(Rejection rejection) -> reached.add("rejected " + rejection.reason());
            case Answer.TasksClaimed claimed when !claimed.exhausted().isEmpty() -> reached.add("exhausted");
            case Answer.TasksClaimed claimed when claimed.full() -> reached.add("full");
            case Answer.Waiting _ -> reached.add("waiting");
            case Answer.GrantedAll _ -> reached.add("granted all");
            case Answer.Taken _ -> reached.add("taken");
            case Answer.WaitCancelled(boolean ended) when ended -> reached.add("cancelled");
            case Answer.Expired expired when expired.more() -> reached.add("more due");
            case Answer.Assigned _ -> reached.add("assigned");
            case Answer.Beat beat when !beat.assigned().isEmpty() -> reached.add("told");
            case Answer.Consumed consumed when !consumed.taken() -> reached.add("no tokens left");
            default -> {}
        }
    }

    private void note(WaitEnd end) {
        reached.add("wait ended "
                + (end.answer() instanceof Answer.Rejected(Rejection rejection)
                        ? rejection.reason().name()
                        : end.answer().getClass().getSimpleName()));
    }

    private void note(Change change) {
        if (change instanceof Change.OfGrant grant && grant.reason() != null) {
            reached.add("ended " + grant.reason());
        }
    }

    @Test
    void theCheckerFindsBrokenStates() {
        assertThat(broken(state -> begin(state, "bert", 1, 7))).anyMatch(b -> b.startsWith("at most capacity"));
        assertThat(broken(state -> begin(state, "bert", 1, 1))).anyMatch(b -> b.startsWith("tokens strictly"));
        assertThat(broken(state -> begin(state, "carl", 1, 7))).anyMatch(b -> b.startsWith("no grant without"));
        assertThat(broken(state -> begin(state, "bert", 9, 7))).anyMatch(b -> b.startsWith("no grant without"));
        assertThat(broken(state -> evolve(state, new Event.GrantEnded(held(state), EndReason.EXPIRED))))
                .anyMatch(b -> b.startsWith("no expiry before"));
        assertThat(broken(state -> evolve(state, new Event.SessionEnded("anna", EndReason.SESSION_FAILED))))
                .anyMatch(b -> b.startsWith("no failure before"))
                .anyMatch(b -> b.startsWith("no grant without"));
        assertThat(broken(state ->
                        state.held.remove(new Due.Held("anna", held(state).token()))))
                .anyMatch(b -> b.startsWith("every grant in its indexes"));
        Command twice = new Command.Acquire("anna", 1, new Request(1, 1), Kind.LOCK, "x", "", 0);
        Invariants invariants = new Invariants();
        assertThat(invariants.answered(twice, new Answer.Released(1))).isEmpty();
        assertThat(invariants.answered(twice, new Answer.Released(2))).isNotEmpty();
    }

    private static List<String> broken(Consumer<State> mutation) {
        Bench bench = new Bench();
        SessionView anna = bench.register("anna");
        bench.register("bert");
        bench.lock(anna, "l");
        Invariants invariants = new Invariants();
        assertThat(invariants.check(bench.state())).isEmpty();
        bench.apply(1_000, List.of());
        mutation.accept(bench.state());
        return invariants.check(bench.state());
    }

    private static Grant held(State state) {
        Grant grant = state.firstOf(Kind.LOCK, "l");
        assertThat(grant).isNotNull();
        return Objects.requireNonNull(grant);
    }

    private static void begin(State state, String session, long incarnation, long token) {
        GrantKey key = new GrantKey(Kind.LOCK, "l", session, "l");
        evolve(state, new Event.GrantBegan(new Grant(key, incarnation, token, 0, 0, 1_000, 9_000, 9_000, List.of())));
    }

    private static void evolve(State state, Event event) {
        new Evolution(state).evolve(event);
    }
}
