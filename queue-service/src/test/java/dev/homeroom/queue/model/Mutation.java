package dev.homeroom.queue.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the protocol is broken on purpose.
 *
 * @param fixed conditions that no longer look at anything
 * @param flaws what else is wrong
 */
public record Mutation(Map<Atom, Optional<Boolean>> fixed, Set<Flaw> flaws) {
    /** Not broken. */
    public static final Mutation NONE = new Mutation(Map.of(), Set.of());

    /** What can be wrong beside a condition. */
    public enum Flaw {
        /** The sweep reads the grants before the rows. */
        GRANTS_FIRST,
        /** The sweep releases a grant without raising the token of its row. */
        NO_FENCE,
        /** The sweep releases whatever it has fenced, without another look at the row. */
        NO_SECOND_LOOK,
        /** The end of a grant makes the task due. */
        END_FORGETS_RUN_AT,
        /** The coordinator is never told the tokens that the rows have seen. */
        NO_FLOOR,
        /** The sweep does not look at rows. */
        ROWS_NOT_SWEPT,
        /** The sweep does not look at grants. */
        GRANTS_NOT_SWEPT
    }

    /** A condition that is always true: dropped from a conjunction. */
    public static Mutation always(Atom... atoms) {
        return fixed(true, atoms);
    }

    /** A condition that is never true: dropped from a disjunction. */
    public static Mutation never(Atom... atoms) {
        return fixed(false, atoms);
    }

    /** Only this is wrong. */
    public static Mutation of(Flaw flaw) {
        return new Mutation(Map.of(), Set.of(flaw));
    }

    private static Mutation fixed(boolean value, Atom... atoms) {
        var fixed = new EnumMap<Atom, Optional<Boolean>>(Atom.class);
        for (var atom : atoms) {
            fixed.put(atom, Optional.of(value));
        }
        return new Mutation(fixed, Set.of());
    }

    Optional<Boolean> value(Atom atom) {
        return fixed.isEmpty() ? Optional.empty() : fixed.getOrDefault(atom, Optional.empty());
    }

    boolean has(Flaw flaw) {
        return flaws.contains(flaw);
    }

    @Override
    public String toString() {
        var words = Stream.concat(
                fixed.entrySet().stream()
                        .map(e -> e.getKey() + " is always " + e.getValue().orElseThrow()),
                flaws.stream().map(Flaw::toString));
        var all = words.collect(Collectors.joining(", "));
        return all.isEmpty() ? "nothing broken" : all;
    }
}
