package dev.homeroom.coordinator.core;

import org.jspecify.annotations.Nullable;

/** What an insertion into a {@link SortedTable} leaves to the level above: the value it replaced, a node that was split off. */
final class TableInsertion<V> {
    @Nullable
    V replaced;

    @Nullable
    TableNode right;

    /** The lowest key of {@link #right}. */
    @Nullable
    Object separator;
}
