package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.Coordinator;
import dev.homeroom.coordinator.CoordinatorConfig;
import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.StaleAnswer;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.WaitListener;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.core.Terms;
import dev.homeroom.coordinator.core.WaitEnd;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Where every interface brings what its callers ask. Thread-safe. */
@ApplicationScoped
public class FrontDesk {
    private final Coordinator coordinator;
    private final Replica replica;
    private final Admission admission;
    private final Admission waitRoom;
    private final DeskMeter meter;
    private final Waits waits;
    private final Watches watches;
    private final ClockAlarms alarms = new ClockAlarms();
    private final ExecutorService handing = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("wait-ends-", 0).factory());

    /** Over the coordinator. */
    @Inject
    public FrontDesk(Coordinator coordinator, Replica replica, CoordinatorConfig config, DeskMeter meter) {
        this.coordinator = coordinator;
        this.replica = replica;
        this.meter = meter;
        this.watches =
                new Watches(read -> replica.stale(read).answer(), config.desk().mostWatching());
        replica.onApplied(watches::applied);
        this.admission = new Admission(config.desk().inFlight());
        this.waitRoom = new Admission(config.desk().mostWaiting());
        this.waits = new Waits(
                coordinator::submit,
                alarms,
                handing,
                meter,
                UUID.randomUUID() + "/",
                // What the room grants at worst.
                2 * config.desk().mostWaiting());
        replica.listen(new WaitListener() {
            @Override
            public void ended(List<WaitEnd> ends) {
                ends.forEach(waits::ended);
            }

            @Override
            public void resynced() {
                waits.resynced();
            }
        });
    }

    /**
     * Executes a command, as {@link Coordinator#submit} does.
     *
     * @return the answer, a rejection among them; fails with {@link Unanswered}, also when the caller has too much in
     *     flight
     */
    public CompletionStage<Answer> submit(Caller caller, Command command) {
        String subject = caller.subject();
        if (!admission.enter(subject)) {
            meter.refused();
            return CompletableFuture.failedFuture(new Unanswered(
                    Unanswered.Reason.OVERLOADED, "This caller has too many requests in flight at this replica"));
        }
        try {
            return coordinator.submit(command).whenComplete((answer, failure) -> admission.leave(subject));
        } catch (RuntimeException e) {
            admission.leave(subject);
            throw e;
        }
    }

    /**
     * Acquires, and waits or tries again as its terms say. Whoever stops listening must {@link Pending#abandon()}.
     *
     * @param acquire {@link Command.Acquire} or {@link Command.AcquireAll}
     * @param patience with {@link Strategy#RETRY} and no wait; null: the seeds
     */
    public Pending acquire(Caller caller, Command.OfSession acquire, @Nullable Patience patience) {
        Terms terms = Acquisitions.terms(acquire);
        Pending pending = terms.strategy() == Strategy.RETRY
                ? waiting(
                        caller, acquire, terms.waitMillis() > 0 ? null : patience == null ? Patience.DEFAULT : patience)
                : Pending.of(submit(caller, acquire));
        measured(acquire, terms.strategy(), pending.answer());
        return pending;
    }

    private Pending waiting(Caller caller, Command.OfSession acquire, @Nullable Patience patience) {
        if (!waitRoom.enter(caller.subject())) {
            meter.refused();
            return Pending.failed(new Unanswered(
                    Unanswered.Reason.OVERLOADED, "Too many requests of this caller wait at this replica"));
        }
        Pending pending = waits.begin(command -> submit(caller, command), acquire, patience);
        var unused = pending.answer().whenComplete((answer, failure) -> waitRoom.leave(caller.subject()));
        return pending;
    }

    private void measured(Command.OfSession acquire, Strategy strategy, CompletionStage<Answer> answer) {
        if (meter == DeskMeter.NONE) {
            return;
        }
        var unused = answer.whenComplete((given, failure) -> meter.acquired(
                Acquisitions.kind(acquire),
                strategy,
                given == null ? DeskMeter.Outcome.UNANSWERED : Acquisitions.outcome(given)));
    }

    /** Answers a read from this replica's own copy of the state, which may be old. */
    public StaleAnswer stale(Command read) {
        return replica.stale(read);
    }

    /**
     * Watches what this replica applies.
     *
     * @param after only changes after this place; null: from now
     * @param readable called when there is something to poll, on a thread that must not be kept
     * @throws Unanswered when too many watch
     */
    public Watch watch(Interest interest, @Nullable Cursor after, Runnable readable) {
        return watches.watch(interest, after, readable);
    }

    /** How many watch. */
    public int watching() {
        return watches.watching();
    }

    /** How many clients wait here. */
    public int waiting() {
        return waits.waiting();
    }

    /** Traces of waits that are left; 0 when nobody waits. */
    public int leftovers() {
        return waits.leftovers();
    }

    /** What is in flight, by caller. */
    public Admission admission() {
        return admission;
    }

    @PreDestroy
    void close() {
        watches.close();
        alarms.close();
        handing.shutdown();
    }
}
