package dev.homeroom.coordinator.core;

import static dev.homeroom.coordinator.core.Transitions.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.coordinator.core.Transitions.Row;
import dev.homeroom.coordinator.core.Transitions.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    private static final int SEEDS = 200;
    private static final int ENTRIES = 800;
    /** Write the page with {@code -Dhomeroom.states.write=true}. */
    private static final Path PAGE = Path.of("..", "docs", "coordinator-states.md");

    /** Applies events and notes what they did to what. */
    private static final class Watching extends Evolution {
        private final State state;
        private final Set<String> seen;
        private final StatusWatch statuses;

        Watching(State state, Set<String> seen) {
            super(state);
            this.state = state;
            this.seen = seen;
            this.statuses = new StatusWatch(state);
        }

        @Override
        void begin(long index, Batch batch) {
            super.begin(index, batch);
            status(SessionTransitions.TIME);
        }

        @Override
        void evolve(Event event) {
            watched(event);
            switch (event) {
                case Event.SessionBegan _ -> status("registered");
                case Event.SessionEnded(String _, EndReason reason) -> status(reason.label());
                case Event.SessionForgotten _ -> status("forgotten");
                case Event.SessionBeat _ -> status("heartbeat");
                case Event.GrantBegan _ -> status("granted");
                case Event.GrantEnded _ -> status("grant ended");
                case Event.GrantConfirmed _, Event.GrantRenewed _ -> status("confirmed");
                default -> status(event.getClass().getSimpleName());
            }
        }

        private void status(String what) {
            statuses.look((before, after) -> {
                // An end may push the oldest memory of another end out.
                boolean forgotten = after.equals(NOTHING);
                seen.add(line(Subject.SESSION, before, forgotten ? "forgotten" : what, after));
            });
        }

        private void watched(Event event) {
            switch (event) {
                case Event.GrantBegan(Grant grant, String _, String _) -> grant(event, grant, "granted", "granted");
                case Event.GrantEnded(Grant grant, EndReason reason, String _, String _) ->
                    grant(event, grant, reason.label(), "ended");
                case Event.GrantConfirmed(Grant grant) -> grant(event, grant, "confirmed", "");
                case Event.GrantOffered(Grant grant, Provision _) -> grant(event, grant, "offered", "");
                case Event.GrantRenewed(Grant grant, long _, long _) -> grant(event, grant, "renewed", "");
                case Event.GrantChecked(Grant grant) -> grant(event, grant, "checked", "");
                case Event.DelayEnded(Delay delay) ->
                    resource(event, delay.resource().kind(), delay.resource().name(), "delay over");
                case Event.WaitBegan(Waiter waiter) -> waiter(event, waiter, "queued");
                case Event.WaitAttached(Waiter waiter, String _) -> waiter(event, waiter, "submitted again");
                case Event.WaitEnded ended -> waiter(event, ended.waiter(), end(ended));
                default -> super.evolve(event);
            }
        }

        private static String end(Event.WaitEnded ended) {
            if (!(ended.answer() instanceof Answer.Rejected(Rejection rejection))) {
                return "granted";
            }
            boolean cancelled = rejection.reason() == Rejection.Reason.HELD && !ended.kept();
            return cancelled ? "cancelled" : rejection.reason().name();
        }

        private void grant(Event event, Grant grant, String what, String whatOfResource) {
            GrantKey key = grant.key();
            String before = state(state.grants.get(key), grant.token());
            if (whatOfResource.isEmpty()) {
                super.evolve(event);
            } else {
                resource(event, key.kind(), key.name(), whatOfResource);
            }
            seen.add(line(Subject.GRANT, before, what, state(state.grants.get(key), grant.token())));
        }

        private static String state(@Nullable Grant grant, long token) {
            if (grant == null || grant.token() != token) {
                return NOTHING;
            }
            return grant.extras().provision() == null ? "held" : "provisional";
        }

        private void resource(Event event, Kind kind, String name, String what) {
            String before = state(kind, name);
            super.evolve(event);
            if (kind != Kind.LIMIT) {
                seen.add(line(Subject.RESOURCE, before, what, state(kind, name)));
            }
        }

        private String state(Kind kind, String name) {
            if (state.firstOf(kind, name) != null) {
                return "held";
            }
            return state.delays.get(new ResourceKey(kind, name)) == null ? "free" : "delayed";
        }

        private void waiter(Event event, Waiter waiter, String what) {
            String before = state.waiters.get(waiter.ticket()) == null ? NOTHING : "waiting";
            super.evolve(event);
            String after = state.waiters.get(waiter.ticket()) == null ? NOTHING : "waiting";
            seen.add(line(Subject.WAITER, before, what, after));
        }
    }

    private static String line(Subject subject, String from, String event, String to) {
        return subject + ": " + from + " -- " + event + " --> " + to;
    }

    @Test
    void whatHappensIsInTheTableAndWhatIsInTheTableHappens_R_L1_R_L2() {
        Set<String> seen = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Machine machine = watched(seen);
            RandomLog log = new RandomLog(seed);
            machine.apply(1, new Batch(1, 0, 0, log.start()));
            for (int entry = 2; entry < ENTRIES; entry++) {
                log.learn(machine.apply(entry, log.next(1)));
            }
            Machine circles = watched(seen);
            CircleLog few = new CircleLog(seed);
            circles.apply(1, new Batch(1, 0, 0, few.start()));
            for (int entry = 2; entry < ENTRIES / 2; entry++) {
                few.learn(circles.apply(entry, few.next()));
            }
        }
        Set<String> table = new TreeSet<>();
        Transitions.ALL.forEach(row -> table.add(line(row.subject(), row.from(), row.event(), row.to())));
        assertThat(seen).isEqualTo(table);
    }

    private static Machine watched(Set<String> seen) {
        State state = new State();
        return new Machine(state, new Decisions(state), new Watching(state, seen), new Promotion(state));
    }

    @Test
    void thePageIsMadeOfTheTable_R_L1() throws IOException {
        if (Boolean.getBoolean("homeroom.states.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("run this test with -Dhomeroom.states.write=true to write %s anew", PAGE)
                .isEqualTo(page());
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # States of the coordinator

                Made of the table in `Transitions.java` by `TransitionsTest`, which also holds every event of thousands of
                seeded log entries against it, both ways. Do not edit; run
                `./homeroom mvn -pl coordinator-service -am test -Dtest=TransitionsTest -Dsurefire.failIfNoSpecifiedTests=false -Dhomeroom.states.write=true`.
                """);
        for (Subject subject : Subject.values()) {
            page.append("\n## ")
                    .append(subject.title())
                    .append("\n\n")
                    .append(subject.remark())
                    .append("\n\n```mermaid\nstateDiagram-v2\n");
            rows(subject, row -> "    %s --> %s: %s%n".formatted(row.from(), row.to(), row.event()), page);
            page.append("```\n\n| from | event | to | when |\n| --- | --- | --- | --- |\n");
            rows(
                    subject,
                    row -> "| %s | %s | %s | %s |%n"
                            .formatted(cell(row.from()), row.event(), cell(row.to()), row.when()),
                    page);
        }
        return page.toString().replace(System.lineSeparator(), "\n");
    }

    private static void rows(Subject subject, Function<Row, String> text, StringBuilder page) {
        Transitions.ALL.stream()
                .filter(row -> row.subject() == subject)
                .map(text)
                .forEach(page::append);
    }

    private static String cell(String state) {
        return state.equals(NOTHING) ? "–" : state;
    }
}
