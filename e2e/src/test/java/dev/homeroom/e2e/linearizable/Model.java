package dev.homeroom.e2e.linearizable;

import java.util.Optional;

/**
 * A sequential object: what it may answer, and what becomes of it. Pure; states are values with {@code equals} and
 * {@code hashCode}.
 *
 * @param <S> the state
 * @param <I> what is asked
 * @param <O> what is answered
 */
public interface Model<S, I, O> {
    /** The state before the first operation. */
    S initial();

    /** The state after an operation with this answer; empty: in this state the answer is impossible. */
    Optional<S> answered(S state, I input, O output);

    /** The state after an operation that was executed while nobody saw the answer; possible in every state. */
    S unseen(S state, I input);
}
