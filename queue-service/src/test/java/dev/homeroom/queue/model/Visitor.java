package dev.homeroom.queue.model;

import org.jspecify.annotations.Nullable;

/** Is told what can happen next. */
@FunctionalInterface
interface Visitor {
    /**
     * A step that can be taken.
     *
     * @param next the world after it
     * @param broken the invariant that it breaks, null for none
     */
    void visit(Step step, World next, @Nullable String broken);
}
