package dev.homeroom.queue.model;

import dev.homeroom.queue.model.Fact.Input;
import dev.homeroom.queue.model.Fact.Row;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A condition made of {@link Atom}s. */
public sealed interface Guard {
    /** The guards of the statements, by the same names. */
    Guard CLAIM = all(
            is(Atom.CLAIM_NEWER),
            any(
                    is(Atom.CLAIM_TAKES_OVER),
                    all(
                            is(Atom.CLAIM_PENDING),
                            is(Atom.CLAIM_DUE),
                            any(is(Atom.CLAIM_ENDLESS), is(Atom.CLAIM_IN_TIME)))));

    Guard FINISH = all(is(Atom.FINISH_PRESENT), is(Atom.FINISH_CLAIMED), is(Atom.FINISH_OWN));

    Guard GRANT_ENDED = any(is(Atom.ENDED_NEWER), all(is(Atom.ENDED_PRESENT), is(Atom.ENDED_CLAIMED)));

    Guard FENCE = is(Atom.FENCE_NEWER);

    Guard KEPT = all(is(Atom.KEPT_PRESENT), is(Atom.KEPT_CLAIMED));

    Guard REPEAT = all(is(Atom.REPEAT_PRESENT), is(Atom.REPEAT_OWN));

    /** Whether it holds, in a protocol that may be broken. */
    boolean holds(Row row, Input input, Mutation mutation);

    /** The condition as a statement says it. */
    String sql();

    /** Its single conditions. */
    Stream<Atom> atoms();

    /** One condition. */
    record Is(Atom atom) implements Guard {
        @Override
        public boolean holds(Row row, Input input, Mutation mutation) {
            return mutation.value(atom).orElseGet(() -> atom.holds(row, input));
        }

        @Override
        public String sql() {
            return atom.sql();
        }

        @Override
        public Stream<Atom> atoms() {
            return Stream.of(atom);
        }
    }

    /** All of them. */
    record All(List<Guard> parts) implements Guard {
        @Override
        public boolean holds(Row row, Input input, Mutation mutation) {
            for (var part : parts) {
                if (!part.holds(row, input, mutation)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String sql() {
            return parts.stream().map(Guard::sql).collect(Collectors.joining(" AND ", "(", ")"));
        }

        @Override
        public Stream<Atom> atoms() {
            return parts.stream().flatMap(Guard::atoms);
        }
    }

    /** At least one of them. */
    record Any(List<Guard> parts) implements Guard {
        @Override
        public boolean holds(Row row, Input input, Mutation mutation) {
            for (var part : parts) {
                if (part.holds(row, input, mutation)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String sql() {
            return parts.stream().map(Guard::sql).collect(Collectors.joining(" OR ", "(", ")"));
        }

        @Override
        public Stream<Atom> atoms() {
            return parts.stream().flatMap(Guard::atoms);
        }
    }

    private static Guard is(Atom atom) {
        return new Is(atom);
    }

    private static Guard all(Guard... parts) {
        return new All(Arrays.asList(parts));
    }

    private static Guard any(Guard... parts) {
        return new Any(Arrays.asList(parts));
    }
}
