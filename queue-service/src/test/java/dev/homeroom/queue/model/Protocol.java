package dev.homeroom.queue.model;

import dev.homeroom.queue.model.Fact.Deadline;
import dev.homeroom.queue.model.Mutation.Flaw;
import dev.homeroom.queue.model.Step.Kind;
import dev.homeroom.queue.model.World.Field;
import java.util.List;

/**
 * What can happen next. A message is never used up: it may arrive at any later time, several times, before older ones, or not at
 * all. So a crash between two steps is a message that never arrives, and needs no step of its own.
 */
final class Protocol {
    private static final List<Kind> FINISHES = List.of(Kind.COMPLETED, Kind.FAILED, Kind.RELEASED);

    private final Rows rows;
    private final Sweeping sweeping;
    private final Mutation mutation;

    Protocol(Mutation mutation) {
        this.mutation = mutation;
        this.rows = new Rows(mutation);
        this.sweeping = new Sweeping(rows, mutation);
    }

    Sweeping sweeping() {
        return sweeping;
    }

    Rows rows() {
        return rows;
    }

    void steps(World w, Visitor next) {
        sessions(w, next);
        coordinator(w, next);
        time(w, next);
        events(w, next);
        sweeping.steps(w, next);
    }

    private void sessions(World w, Visitor next) {
        if (w.get(Field.STATE) == World.PENDING && w.row().due() && w.deadline() != Deadline.OVER) {
            next.visit(Step.of(Kind.CANDIDATE_READ), w.with(Field.SEEN, 1), null);
        }
        for (int grant = 1; grant <= w.get(Field.GIVEN); grant++) {
            var claimed = rows.claim(w, grant);
            next.visit(Step.of(Kind.CLAIM_WRITTEN, grant), claimed.world(), claimed.broken());
            for (int session = 1; session <= 2; session++) {
                for (var how : FINISHES) {
                    var finished = rows.finish(w, grant, session == 1 ? "a" : "b", how);
                    if (finished != null) {
                        next.visit(new Step(how, grant, session), finished.world(), finished.broken());
                    }
                }
            }
        }
        if (!w.isOver()) {
            int holder = w.get(Field.ROW_GRANT);
            var over = w.with(Field.STATE, World.OVER).with(Field.ROW_GRANT, 0);
            next.visit(Step.of(Kind.CANCELLED), holder == 0 ? over : over.mark(Field.RELEASES, holder), null);
        }
    }

    private void coordinator(World w, Visitor next) {
        int live = w.get(Field.LIVE);
        if (live != 0) {
            next.visit(Step.of(Kind.GRANT_EXPIRED, live), w.endLive(), null);
        } else if (w.get(Field.SEEN) == 1 && w.get(Field.GIVEN) < World.GRANTS && mayGive(w)) {
            next.visit(new Step(Kind.GRANTED, w.get(Field.GIVEN) + 1, 1), w.give(0), null);
            if (w.get(Field.GIVEN) > 0) {
                // The first is always called a: exchanging the sessions changes nothing.
                next.visit(new Step(Kind.GRANTED, w.get(Field.GIVEN) + 1, 2), w.give(1), null);
            }
        }
        if (w.get(Field.RESTORED) == 0) {
            restored(w, next);
        } else {
            next.visit(Step.of(Kind.FLOOR_RAISED), raised(w), null);
        }
    }

    /**
     * A restored coordinator gives tokens again. That it gives the same one for the same task before it has heard of the floor,
     * though the row has not seen it, is left out: the floor is raised with a margin when the queue starts, and the claim of that
     * task would have to be under way since before the restore.
     */
    private static boolean mayGive(World w) {
        int token = w.get(Field.NEXT_TOKEN);
        return token <= w.get(Field.ROW_TOKEN) || token > w.highestToken();
    }

    private static void restored(World w, Visitor next) {
        for (int token = 1; token < w.get(Field.NEXT_TOKEN); token++) {
            var older = w.with(Field.RESTORED, 1).with(Field.NEXT_TOKEN, token).with(Field.LIVE, 0);
            next.visit(Step.of(Kind.RESTORED), older, null);
            for (int grant = 1; grant <= w.get(Field.GIVEN); grant++) {
                if (w.token(grant) < token) {
                    next.visit(Step.of(Kind.RESTORED, grant), older.with(Field.LIVE, grant), null);
                }
            }
        }
    }

    World raised(World w) {
        return mutation.has(Flaw.NO_FLOOR)
                ? w
                : w.with(Field.NEXT_TOKEN, Math.max(w.get(Field.NEXT_TOKEN), w.highestToken() + 1));
    }

    private static void time(World w, Visitor next) {
        if (w.get(Field.LATER) == 1 || w.get(Field.MUST_WAIT) == 1) {
            next.visit(Step.of(Kind.TIME_PASSED), due(w), null);
        }
        if (w.deadline() == Deadline.AHEAD) {
            next.visit(Step.of(Kind.DEADLINE_PASSED), w.pastDeadline(), null);
        }
    }

    static World due(World w) {
        return w.with(Field.LATER, 0).with(Field.MUST_WAIT, 0);
    }

    private void events(World w, Visitor next) {
        for (int grant = 1; grant <= w.get(Field.GIVEN); grant++) {
            if (w.has(Field.RELEASES, grant) && w.get(Field.LIVE) != 0) {
                next.visit(Step.of(Kind.RELEASE_ARRIVED, grant), released(w, grant), null);
            }
            if (w.has(Field.ENDED, grant)) {
                var ended = rows.ended(w, grant);
                next.visit(Step.of(Kind.END_ARRIVED, grant), ended.world(), ended.broken());
            }
        }
    }

    /** By its token, as the coordinator knows it. */
    static World released(World w, int grant) {
        int live = w.get(Field.LIVE);
        boolean same =
                live != 0 && w.token(live) == w.token(grant) && w.session(live).equals(w.session(grant));
        return same ? w.endLive() : w;
    }
}
