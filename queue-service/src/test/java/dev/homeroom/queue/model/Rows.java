package dev.homeroom.queue.model;

import dev.homeroom.queue.model.Fact.Deadline;
import dev.homeroom.queue.model.Fact.Input;
import dev.homeroom.queue.model.Step.Kind;
import dev.homeroom.queue.model.World.Field;
import org.jspecify.annotations.Nullable;

/** The statements on the row, each with its guard, and what each must never do. */
final class Rows {
    /** What a statement did. */
    record Effect(World world, @Nullable String broken) {}

    private final Mutation mutation;

    Rows(Mutation mutation) {
        this.mutation = mutation;
    }

    /** A grant's token is written into the row. It may be late by any time, and repeated. */
    Effect claim(World w, int grant) {
        if (w.isOver()) {
            return sound(w.mark(Field.RELEASES, grant));
        }
        if (Guard.CLAIM.holds(w.row(), w.input(grant), mutation)) {
            var claimed = w.with(Field.STATE, World.CLAIMED)
                    .with(Field.ROW_TOKEN, w.token(grant))
                    .with(Field.ROW_GRANT, grant);
            return new Effect(claimed, brokenByClaim(w, grant));
        }
        if (Guard.REPEAT.holds(w.row(), w.input(grant), mutation)) {
            boolean believed = w.isClaimed()
                    && w.get(Field.ROW_TOKEN) == w.token(grant)
                    && w.session(w.get(Field.ROW_GRANT)).equals(w.session(grant));
            return new Effect(w, believed ? null : "a session is told that it holds what it does not hold");
        }
        return new Effect(w.mark(Field.RELEASES, grant), brokenByRefusal(w, grant));
    }

    private static @Nullable String brokenByClaim(World w, int grant) {
        if (w.token(grant) < w.get(Field.ROW_TOKEN)) {
            return "the token of the row goes back";
        }
        if (w.isClaimed() && w.get(Field.ROW_GRANT) == grant) {
            return "one grant is claimed twice";
        }
        if (w.has(Field.DEAD, grant)) {
            return "a grant begins whose end the rows have heard of, or that was fenced";
        }
        if (w.isClaimed()) {
            return w.isHeld() ? "a live claim is taken over" : null;
        }
        if (w.get(Field.MUST_WAIT) == 1) {
            return "a task that is to come back later is claimed before";
        }
        return w.deadline() == Deadline.OVER ? "a task is claimed after its deadline" : null;
    }

    /** What is granted, above all tokens and to be had, must not be refused: nothing else would ever be claimed. */
    private static @Nullable String brokenByRefusal(World w, int grant) {
        if (w.isHeld() && w.get(Field.LIVE) == grant) {
            return "a live claim is given back because it is claimed already";
        }
        boolean current = w.get(Field.LIVE) == grant
                && w.token(grant) > w.get(Field.ROW_TOKEN)
                && !w.has(Field.DEAD, grant)
                && !w.has(Field.DONE, grant);
        boolean free = w.isClaimed() || (w.get(Field.LATER) == 0 && w.deadline() != Deadline.OVER);
        return current && free ? "the claim of a live grant is refused" : null;
    }

    /** A holder, or who takes itself for one, finishes. Null when the row does not let it. */
    @Nullable
    Effect finish(World w, int grant, String session, Kind how) {
        if (w.isOver()) {
            return null;
        }
        int holder = w.get(Field.ROW_GRANT);
        boolean holds = w.isClaimed()
                && w.token(holder) == w.token(grant)
                && w.session(holder).equals(session);
        if (!Guard.FINISH.holds(w.row(), new Input(w.token(grant), session), mutation)) {
            return holds ? new Effect(w, "the holder cannot finish") : null;
        }
        var finished = w.with(Field.STATE, how == Kind.COMPLETED ? World.OVER : World.PENDING)
                .with(Field.ROW_GRANT, 0)
                .mark(Field.DONE, grant)
                .mark(Field.RELEASES, grant);
        if (how == Kind.FAILED) {
            finished = finished.with(Field.LATER, 1).with(Field.MUST_WAIT, 1);
        }
        return new Effect(finished, holds ? null : "a task is finished by who does not hold it");
    }

    /** An event tells that a grant is over, or the sweep says so. */
    Effect ended(World w, int grant) {
        if (w.isOver() || !Guard.GRANT_ENDED.holds(w.row(), w.input(grant), mutation)) {
            return sound(w.mark(Field.DEAD, grant));
        }
        return new Effect(back(w, grant).mark(Field.DEAD, grant), brokenByEnd(w, grant));
    }

    private static @Nullable String brokenByEnd(World w, int grant) {
        if (w.token(grant) < w.get(Field.ROW_TOKEN)) {
            return "the token of the row goes back";
        }
        if (w.isHeld()) {
            return "a live claim is undone";
        }
        return w.has(Field.DEAD, grant) || (w.has(Field.DONE, grant) && !w.isClaimed())
                ? "the end of a grant goes into the history twice"
                : null;
    }

    /** The sweep raises the row's token, so that the claim of a stray grant cannot begin any more. */
    Effect fence(World w, int grant) {
        if (mutation.has(Mutation.Flaw.NO_FENCE)) {
            return sound(w);
        }
        if (w.isOver() || !Guard.FENCE.holds(w.row(), w.input(grant), mutation)) {
            return sound(w);
        }
        return new Effect(back(w, grant).mark(Field.DEAD, grant), w.isHeld() ? "the sweep undoes a live claim" : null);
    }

    /** Whether the row, looked at after the fence, is claimed by this grant, so that it stays. */
    boolean keeps(World w, int grant) {
        return !mutation.has(Mutation.Flaw.NO_SECOND_LOOK)
                && !w.isOver()
                && Guard.KEPT.holds(w.row(), w.input(grant), mutation);
    }

    private World back(World w, int grant) {
        var back = w.with(Field.STATE, World.PENDING)
                .with(Field.ROW_TOKEN, w.token(grant))
                .with(Field.ROW_GRANT, 0);
        return mutation.has(Mutation.Flaw.END_FORGETS_RUN_AT) ? back.with(Field.LATER, 0) : back;
    }

    private static Effect sound(World world) {
        return new Effect(world, null);
    }
}
