package dev.homeroom.e2e.linearizable;

import java.util.Optional;

/**
 * A lock or claim as its clients may see it. What ends a grant without being asked (its deadline, the end of its
 * session) is not modelled: a history for this model needs grants and leases that outlive it, so that a grant that ends
 * by itself is found to be what it is there, an error.
 */
public final class GrantModel implements Model<GrantModel.State, GrantModel.Input, GrantModel.Output> {
    /** Nobody, and nobody's token. */
    public static final String NOBODY = "";

    /**
     * The resource.
     *
     * @param owner the session that holds it, or {@link #NOBODY}
     * @param token the grant's; 0: nobody has seen it yet, but it is above {@code floor}
     * @param floor the highest token seen so far; later grants have higher ones
     */
    public record State(String owner, long token, long floor) {
        @Override
        public String toString() {
            return owner.isEmpty()
                    ? "free (last token " + floor + ")"
                    : "held by " + owner + (token == 0 ? " with a token above " + floor : " with token " + token);
        }

        private boolean free() {
            return owner.isEmpty();
        }

        /** The same with a token that was seen; empty when the grant cannot have this one. */
        private Optional<State> withToken(long seen) {
            boolean possible = token == 0 ? seen > floor : seen == token;
            return possible ? Optional.of(new State(owner, seen, seen)) : Optional.empty();
        }

        private boolean certainly(String session, long seen) {
            return owner.equals(session) && token != 0 && token == seen;
        }
    }

    /** What is asked. */
    public sealed interface Input {
        /** The session wants the resource. */
        record Acquire(String session) implements Input {}

        /** The session wants to keep it. */
        record Renew(String session, long token) implements Input {}

        /** The session gives it back. */
        record Release(String session, long token) implements Input {}

        /** Somebody looks. */
        record Look() implements Input {}
    }

    /** What is answered. */
    public sealed interface Output {
        /** It is the session's, under this token. */
        record Granted(long token) implements Output {}

        /** It is somebody else's. */
        record Held(String by) implements Output {}

        /** It was given back. */
        record Released() implements Output {}

        /** The token is not the current one; it is held by this session, or {@link #NOBODY}. */
        record Stale(String heldBy) implements Output {}

        /** What somebody who looked saw; for {@link #NOBODY} the token is 0. */
        record Seen(String owner, long token) implements Output {}
    }

    @Override
    public State initial() {
        return new State(NOBODY, 0, 0);
    }

    @Override
    public Optional<State> answered(State state, Input input, Output output) {
        return switch (input) {
            case Input.Acquire acquire -> acquire(state, acquire.session(), output);
            case Input.Renew renew -> keep(state, renew.session(), renew.token(), output);
            case Input.Release release -> release(state, release, output);
            case Input.Look _ -> look(state, output);
        };
    }

    @Override
    public State unseen(State state, Input input) {
        return switch (input) {
            case Input.Acquire acquire -> state.free() ? new State(acquire.session(), 0, state.floor()) : state;
            case Input.Release release ->
                state.certainly(release.session(), release.token()) ? new State(NOBODY, 0, state.floor()) : state;
            case Input.Renew _, Input.Look _ -> state;
        };
    }

    private static Optional<State> acquire(State state, String session, Output output) {
        return switch (output) {
            case Output.Granted granted
            when state.free() ->
                granted.token() > state.floor()
                        ? Optional.of(new State(session, granted.token(), granted.token()))
                        : Optional.empty();
            case Output.Granted granted when state.owner().equals(session) -> state.withToken(granted.token());
            case Output.Held held when !held.by().equals(session) -> ownedBy(state, held.by());
            default -> Optional.empty();
        };
    }

    private static Optional<State> keep(State state, String session, long token, Output output) {
        return switch (output) {
            case Output.Granted granted
            when granted.token() == token && state.owner().equals(session) -> state.withToken(token);
            case Output.Stale stale when !state.certainly(session, token) -> heldBy(state, stale.heldBy());
            default -> Optional.empty();
        };
    }

    private static Optional<State> release(State state, Input.Release release, Output output) {
        return switch (output) {
            case Output.Released _
            when state.owner().equals(release.session()) ->
                state.withToken(release.token()).map(last -> new State(NOBODY, 0, last.floor()));
            case Output.Stale stale
            when !state.certainly(release.session(), release.token()) -> heldBy(state, stale.heldBy());
            default -> Optional.empty();
        };
    }

    private static Optional<State> look(State state, Output output) {
        if (!(output instanceof Output.Seen seen)) {
            return Optional.empty();
        }
        Optional<State> held = heldBy(state, seen.owner());
        return seen.owner().isEmpty() ? held : held.flatMap(owned -> owned.withToken(seen.token()));
    }

    private static Optional<State> ownedBy(State state, String session) {
        return state.free() ? Optional.empty() : heldBy(state, session);
    }

    private static Optional<State> heldBy(State state, String session) {
        return state.owner().equals(session) ? Optional.of(state) : Optional.empty();
    }
}
