package dev.homeroom.queue.http;

import dev.homeroom.platform.page.Page;
import java.util.List;
import java.util.function.Function;

/** Makes pages of what was asked for with one item more than a page has. */
final class Pages {
    private Pages() {}

    static <T, V> Page<?> of(List<T> found, int most, Function<T, V> view, Function<T, String> cursor) {
        var shown = found.subList(0, Math.min(most, found.size()));
        return new Page<>(
                shown.stream().map(view).toList(), found.size() > most ? cursor.apply(shown.getLast()) : null);
    }
}
