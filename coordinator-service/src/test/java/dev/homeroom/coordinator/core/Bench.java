package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A machine with a leader of term 1 whose time the test makes pass; every command is an entry of its own. */
final class Bench {
    static final long WALL = 1_750_000_000_000L;

    final Machine machine;
    /** How waits ended, by ticket. */
    final Map<Long, Answer> ends = new HashMap<>();

    private long index;
    private long term = 1;
    private long wall = WALL;

    Bench() {
        this(new Machine());
        apply(0, List.of());
    }

    Bench(Machine machine) {
        this.machine = machine;
        this.index = machine.state().index();
    }

    State state() {
        return machine.state();
    }

    /** The next leader takes over. */
    void nextTerm() {
        term++;
    }

    List<Answer> apply(long millis, List<Command> commands) {
        wall += millis;
        Applied given = machine.apply(++index, new Batch(term, millis * 1_000_000, wall, commands));
        given.waitEnds().forEach(end -> ends.put(end.ticket(), end.answer()));
        return given.answers();
    }

    Answer run(Command command) {
        return apply(0, List.of(command)).getFirst();
    }

    <T extends Answer> T run(Command command, Class<T> type) {
        Answer answer = run(command);
        assertThat(answer).isInstanceOf(type);
        return type.cast(answer);
    }

    Rejection.Reason refused(Command command) {
        return run(command, Answer.Rejected.class).rejection().reason();
    }

    /** Time passes in ticks, as with a leader that has nothing else to do. */
    void pass(long millis) {
        for (long left = millis; left > 0; left -= 500) {
            apply(Math.min(500, left), List.of(new Command.Expire(term, 1_000)));
        }
    }

    SessionView register(String id) {
        return register(id, id + "-run-1");
    }

    SessionView register(String id, String instance) {
        Profile profile = new Profile("", "dev-1", "pts/3", 7, Codebase.NONE, "", List.of("java"), 4);
        return run(new Command.Register(id, instance, profile, 0, 0), Answer.OneSession.class)
                .session();
    }

    SessionView session(String id) {
        return run(new Command.GetSession(id), Answer.OneSession.class).session();
    }

    Answer.Beat beat(SessionView session, Long... seen) {
        return run(new Command.Heartbeat(session.id(), session.incarnation(), 0, -1, List.of(seen)), Answer.Beat.class);
    }

    GrantView lock(SessionView session, String name) {
        return run(acquire(session, Kind.LOCK, name), Answer.Granted.class).grant();
    }

    /** Asks for a lock and is told to wait. */
    Answer.Waiting waits(SessionView session, String name) {
        return run(waiting(session, Kind.LOCK, name, Request.NONE, 60_000), Answer.Waiting.class);
    }

    /** The grant that ended a wait. */
    GrantView granted(Answer.Waiting waiting) {
        assertThat(ends.get(waiting.ticket())).isInstanceOf(Answer.Granted.class);
        return ((Answer.Granted) Objects.requireNonNull(ends.get(waiting.ticket()))).grant();
    }

    /** The rejection that ended a wait. */
    Rejection rejected(Answer.Waiting waiting) {
        assertThat(ends.get(waiting.ticket())).isInstanceOf(Answer.Rejected.class);
        return ((Answer.Rejected) Objects.requireNonNull(ends.get(waiting.ticket()))).rejection();
    }

    List<Change> changes() {
        return state().backlog(Cursor.START, Integer.MAX_VALUE).stream()
                .map(Published::change)
                .toList();
    }

    static Command.Acquire acquire(SessionView session, Kind kind, String name) {
        return acquire(session, kind, name, Request.NONE);
    }

    static Command.Acquire acquire(SessionView session, Kind kind, String name, Request request) {
        return new Command.Acquire(session.id(), session.incarnation(), request, kind, name, "", 0);
    }

    static Command.Acquire waiting(SessionView session, Kind kind, String name, Request request, long millis) {
        return with(session, kind, name, request, Terms.waiting(millis, "a1"));
    }

    static Command.Acquire with(SessionView session, Kind kind, String name, Request request, Terms terms) {
        return new Command.Acquire(session.id(), session.incarnation(), request, kind, name, "", 0, terms);
    }

    /** Several locks at once. */
    static Command.AcquireAll all(SessionView session, Request request, Terms terms, String... locks) {
        List<ResourceKey> resources =
                Stream.of(locks).map(name -> new ResourceKey(Kind.LOCK, name)).toList();
        return new Command.AcquireAll(session.id(), session.incarnation(), request, resources, "", 0, terms);
    }

    static Command.Release release(SessionView session, GrantView grant) {
        return new Command.Release(
                session.id(), session.incarnation(), Request.NONE, grant.kind(), grant.name(), grant.token());
    }

    static Command.ClaimTasks claim(SessionView session, int count, Command.Candidate... candidates) {
        return new Command.ClaimTasks(session.id(), session.incarnation(), Request.NONE, count, 0, List.of(candidates));
    }

    static Command.Candidate task(String id, String... limits) {
        return new Command.Candidate(id, 5, "", List.of(limits));
    }
}
