package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.EndReason;
import dev.homeroom.coordinator.core.GrantView;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.TaskNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What must be so, kept from commands, answers and changes alone, without the core's own bookkeeping: who lives, who
 * holds what, and for how long there was a leader.
 */
final class Chart {
    private final Map<String, Life> lives = new HashMap<>();
    private final Map<Long, Held> held = new TreeMap<>();
    private final Map<Long, Held> past = new HashMap<>();
    private final Map<String, Long> leases = new HashMap<>();
    private final Map<String, Integer> limits = new HashMap<>();
    private final Map<String, Integer> limitsBefore = new HashMap<>();
    private final Set<String> executed = new HashSet<>();
    private long term;
    private long stampedAt;
    private long led;

    /**
     * An incarnation.
     *
     * @param beatAt its last heartbeat, first grant or registration, in true time
     * @param beatLed the same in the time there was a leader
     * @param started whether it has shown life since it registered
     */
    record Life(String session, long incarnation, long leaseNanos, long beatAt, long beatLed, boolean started) {
        /** How long it may be silent. */
        long lastsNanos() {
            return started
                    ? leaseNanos
                    : Math.max(leaseNanos, Simulation.SETTINGS.launchGraceMillis() * Schedule.MILLI);
        }
    }

    /** A grant. {@code ended}: why it ended. */
    record Held(
            Kind kind,
            String name,
            String session,
            long incarnation,
            String holder,
            long token,
            long ttlNanos,
            long from,
            long fromLed,
            @Nullable EndReason ended) {
        String owner() {
            return session + "/" + incarnation + "/" + holder;
        }

        Held renewed(long ttl, long at, long atLed) {
            return new Held(kind, name, session, incarnation, holder, token, ttl, at, atLed, ended);
        }

        Held over(EndReason reason) {
            return new Held(kind, name, session, incarnation, holder, token, ttlNanos, from, fromLed, reason);
        }
    }

    /** For how long leaders have ruled, each from its first batch on. */
    long led() {
        return led;
    }

    @Nullable
    Life life(String session) {
        return lives.get(session);
    }

    Map<Long, Held> held() {
        return held;
    }

    /** A grant, present or past. */
    @Nullable
    Held everHeld(long token) {
        Held now = held.get(token);
        return now != null ? now : past.get(token);
    }

    /** The highest in this batch. */
    int capacity(Kind kind, String name) {
        int now = limits.getOrDefault(name, Simulation.SETTINGS.permits());
        return kind == Kind.LIMIT ? Math.max(now, limitsBefore.getOrDefault(name, Simulation.SETTINGS.permits())) : 1;
    }

    /** The limits that a grant takes a permit of, by what the task needs. */
    static List<String> limitsOf(Kind kind, String name) {
        return TaskNames.isTask(kind, name) ? Simulation.limitsOf(TaskNames.task(name)) : List.of();
    }

    /** Whether so many milliseconds have passed since, by any clock that drifts as much as is allowed. */
    static boolean passed(long nanos, long since, long now) {
        return now - since >= nanos * (1 - 2 * Clock.DRIFT) - 2 * Schedule.MILLI;
    }

    /** Time goes on, and what commands say for themselves. */
    void begin(Step step) {
        limitsBefore.clear();
        limitsBefore.putAll(limits);
        if (step.batch().term() == term) {
            led += Math.clamp(step.entry().stampedAt() - stampedAt, 0, Bounds.STEP_NANOS);
        }
        term = step.batch().term();
        stampedAt = step.entry().stampedAt();
        for (int i = 0; i < step.batch().commands().size(); i++) {
            take(step.batch().commands().get(i), step.applied().answers().get(i));
        }
    }

    private void take(Command command, Answer answer) {
        switch (command) {
            case Command.Heartbeat beat
            when answer instanceof Answer.Beat -> {
                Life life = lives.get(beat.session());
                if (life != null && life.incarnation() == beat.incarnation()) {
                    beat(life);
                }
            }
            case Command.Register register
            when answer instanceof Answer.OneSession one ->
                leases.put(
                        one.session().id() + "/" + one.session().incarnation(),
                        register.leaseMillis() * Schedule.MILLI);
            case Command.SetLimit set when answer instanceof Answer.OneLimit -> limits.put(set.key(), set.permits());
            case Command.Once once when executed.add("once/" + once.requestId()) -> take(once.command(), answer);
            case Command.Renew renew
            when answer instanceof Answer.Granted granted -> {
                if (executed.add(renew.session() + "/" + renew.incarnation() + "/"
                        + renew.request().seq())) {
                    renewed(granted.grant());
                }
            }
            case Command.RenewTasks unused
            when answer instanceof Answer.TasksRenewed renewed ->
                renewed.renewals().forEach(renewal -> {
                    GrantView grant = renewal.grant();
                    if (grant != null) {
                        renewed(grant);
                    }
                });
            default -> {}
        }
    }

    private void beat(Life life) {
        lives.put(
                life.session(), new Life(life.session(), life.incarnation(), life.leaseNanos(), stampedAt, led, true));
    }

    private void renewed(GrantView view) {
        held.computeIfPresent(
                view.token(), (token, was) -> was.renewed(view.remainingMillis() * Schedule.MILLI, stampedAt, led));
    }

    void take(Change change) {
        switch (change) {
            case Change.OfSession session
            when session.reason() == null -> {
                long lease = leases.getOrDefault(session.session() + "/" + session.incarnation(), 0L);
                lives.put(
                        session.session(),
                        new Life(session.session(), session.incarnation(), lease, stampedAt, led, false));
            }
            case Change.OfSession session -> lives.remove(session.session());
            case Change.OfGrant grant -> {
                EndReason reason = grant.reason();
                if (reason == null) {
                    held.put(grant.token(), began(grant));
                    Life life = lives.get(grant.session());
                    if (life != null && !life.started()) {
                        beat(life);
                    }
                } else {
                    Held was = held.remove(grant.token());
                    if (was != null) {
                        past.put(grant.token(), was.over(reason));
                    }
                }
            }
        }
    }

    private Held began(Change.OfGrant grant) {
        long ttl = (grant.deadlineWall() - grant.wall()) * Schedule.MILLI;
        return new Held(
                grant.kind(),
                grant.name(),
                grant.session(),
                grant.incarnation(),
                grant.holder(),
                grant.token(),
                ttl,
                stampedAt,
                led,
                null);
    }
}
