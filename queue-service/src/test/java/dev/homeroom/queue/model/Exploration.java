package dev.homeroom.queue.model;

import dev.homeroom.queue.model.Fact.Deadline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through every world that can be reached, breadth first, so that the first violation has a shortest way to it. Bounded by
 * {@value #MOST_WORLDS} worlds.
 */
public final class Exploration {
    private static final int MOST_WORLDS = 20_000_000;

    private static final List<Quiet> QUIETS =
            List.of(new Quiet(false, false), new Quiet(false, true), new Quiet(true, false), new Quiet(true, true));

    private final Protocol protocol;
    private final Worlds worlds = new Worlds();
    private long taken;
    private @Nullable Violation violation;

    /** Where worlds begin. */
    public enum Scope {
        /** With a deadline or without; the coordinator forgets nothing. */
        ORDINARY,
        /** The coordinator may once be restored from an older backup. */
        RESTORE
    }

    private Exploration(Mutation mutation) {
        protocol = new Protocol(mutation);
    }

    /**
     * What was found.
     *
     * @param worlds how many different worlds there are
     * @param steps how many steps lead from one to another
     * @param violation the first violation, null for none
     */
    public record Result(int worlds, long steps, @Nullable Violation violation) {}

    /**
     * A way to what must not be.
     *
     * @param broken the invariant
     * @param steps from the beginning
     */
    public record Violation(String broken, List<String> steps) {
        @Override
        public String toString() {
            return broken + ", after:\n  " + String.join("\n  ", steps);
        }
    }

    /** All worlds of a protocol, until the first violation. */
    public static Result of(Mutation mutation, Scope scope) {
        return new Exploration(mutation).run(scope);
    }

    private Result run(Scope scope) {
        boolean ordinary = scope == Scope.ORDINARY;
        worlds.add(World.beginning(Deadline.NONE, !ordinary).bits(), -1);
        if (ordinary) {
            worlds.add(World.beginning(Deadline.AHEAD, false).bits(), -1);
        }
        for (int at = 0; at < worlds.size() && violation == null; at++) {
            look(at);
            if (worlds.size() > MOST_WORLDS) {
                throw new IllegalStateException("more than " + MOST_WORLDS + " worlds");
            }
        }
        return new Result(worlds.size(), taken, violation);
    }

    private void look(int at) {
        var world = new World(worlds.get(at));
        // A sweep under way may end at each step, so the worlds without one stand for those with it.
        boolean resting = world.equals(Sweeping.idle(world));
        for (var quiet : resting ? QUIETS : List.<Quiet>of()) {
            if (!quiet.restores(world, protocol)) {
                violation = new Violation("the task is stuck although nothing goes wrong any more: " + quiet, way(at));
                return;
            }
        }
        protocol.steps(world, (step, next, broken) -> {
            taken++;
            if (broken != null && violation == null) {
                var steps = way(at);
                steps.add(step + " → " + next);
                violation = new Violation(broken, steps);
            }
            worlds.add(next.essence().bits(), at);
        });
    }

    private List<String> way(int to) {
        var line = new ArrayDeque<Integer>();
        for (int at = to; at >= 0; at = worlds.parent(at)) {
            line.addFirst(at);
        }
        var steps = new ArrayList<String>();
        while (line.size() > 1) {
            var from = new World(worlds.get(line.removeFirst()));
            steps.add(between(from, new World(worlds.get(line.getFirst()))));
        }
        return steps;
    }

    private String between(World from, World to) {
        var found = new ArrayList<String>();
        protocol.steps(from, (step, next, _) -> {
            if (next.essence().equals(to)) {
                found.add(step + " → " + next);
            }
        });
        return found.getFirst();
    }
}
