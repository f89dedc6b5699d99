package dev.homeroom.queue.model;

import dev.homeroom.queue.model.Mutation.Flaw;
import dev.homeroom.queue.model.Step.Kind;
import dev.homeroom.queue.model.World.Field;

/**
 * The sweep, step by step: read the rows, read the grants, put a row without a grant back, fence a grant without a row, look
 * again and release it. It may end after each step. How old a grant must be is left out: a younger one is fenced just as safely.
 */
final class Sweeping {
    private static final int IDLE = 0;
    private static final int HALF_READ = 1;
    private static final int READ = 2;
    private static final int ROW_DONE = 3;
    private static final int FENCED = 4;

    private final Rows rows;
    private final Mutation mutation;

    Sweeping(Rows rows, Mutation mutation) {
        this.rows = rows;
        this.mutation = mutation;
    }

    void steps(World w, Visitor next) {
        boolean rowsFirst = !mutation.has(Flaw.GRANTS_FIRST);
        switch (w.get(Field.SWEEP)) {
            case IDLE -> {
                var begun = w.with(Field.SWEEP, HALF_READ);
                if (rowsFirst) {
                    next.visit(Step.of(Kind.SWEEP_READS_ROWS), rowsRead(begun), null);
                } else {
                    next.visit(Step.of(Kind.SWEEP_READS_GRANTS), grantsRead(begun), null);
                }
            }
            case HALF_READ -> {
                var read = w.with(Field.SWEEP, READ);
                if (rowsFirst) {
                    next.visit(Step.of(Kind.SWEEP_READS_GRANTS), grantsRead(read), null);
                } else {
                    next.visit(Step.of(Kind.SWEEP_READS_ROWS), rowsRead(read), null);
                }
            }
            case READ -> repair(w, next);
            case ROW_DONE -> fence(w, next);
            default -> release(w, next);
        }
        if (w.get(Field.SWEEP) != IDLE) {
            next.visit(Step.of(Kind.SWEEP_CRASHED), idle(w), null);
        }
    }

    /** A sweep that nothing comes in between of. */
    World run(World world) {
        var swept = new World[] {idle(world)};
        do {
            var before = swept[0];
            steps(before, (step, next, _) -> {
                if (step.kind() != Kind.SWEEP_CRASHED) {
                    swept[0] = next;
                }
            });
        } while (swept[0].get(Field.SWEEP) != IDLE);
        return swept[0];
    }

    static World idle(World w) {
        return w.with(Field.SWEEP, IDLE).with(Field.SWEPT_ROW, 0).with(Field.SWEPT_GRANT, 0);
    }

    private static World rowsRead(World w) {
        return w.with(Field.SWEPT_ROW, w.isClaimed() ? w.get(Field.ROW_GRANT) : 0);
    }

    private static World grantsRead(World w) {
        return w.with(Field.SWEPT_GRANT, w.get(Field.LIVE));
    }

    private void repair(World w, Visitor next) {
        int row = w.get(Field.SWEPT_ROW);
        var done = w.with(Field.SWEEP, ROW_DONE);
        boolean lost = row != 0 && w.token(row) != w.token(w.get(Field.SWEPT_GRANT));
        if (!lost || mutation.has(Flaw.ROWS_NOT_SWEPT)) {
            fence(done, next);
            return;
        }
        var ended = rows.ended(done, row);
        next.visit(Step.of(Kind.SWEEP_REPAIRS_ROW, row), ended.world(), ended.broken());
    }

    private void fence(World w, Visitor next) {
        int grant = w.get(Field.SWEPT_GRANT);
        boolean stray = grant != 0 && w.token(grant) != w.token(w.get(Field.SWEPT_ROW));
        if (!stray || mutation.has(Flaw.GRANTS_NOT_SWEPT)) {
            next.visit(Step.of(Kind.SWEEP_ENDS), idle(w), null);
            return;
        }
        var fenced = rows.fence(w.with(Field.SWEEP, FENCED), grant);
        next.visit(Step.of(Kind.SWEEP_FENCES, grant), fenced.world(), fenced.broken());
    }

    private void release(World w, Visitor next) {
        int grant = w.get(Field.SWEPT_GRANT);
        var over = idle(w);
        if (rows.keeps(w, grant)) {
            next.visit(Step.of(Kind.SWEEP_ENDS), over, null);
            return;
        }
        next.visit(
                Step.of(Kind.SWEEP_RELEASES, grant),
                over.mark(Field.RELEASES, grant).mark(Field.DEAD, grant),
                w.isHeld() && w.get(Field.LIVE) == grant ? "the sweep releases a live claim" : null);
    }
}
