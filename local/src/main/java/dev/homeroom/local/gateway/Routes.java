package dev.homeroom.local.gateway;

import dev.homeroom.local.stack.Part;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which service owns which path (design §7): the longest prefix decides, in whole path segments. */
public final class Routes {
    /**
     * One row.
     *
     * @param prefix a path without a slash at its end; the empty one is everything else
     * @param owner the service that answers it
     */
    public record Route(String prefix, Part owner) {
        boolean covers(String path) {
            return path.equals(prefix) || path.startsWith(prefix + "/");
        }
    }

    /** The table. */
    public static final List<Route> TABLE = List.of(
            new Route("/api/sessions", Part.COORDINATOR),
            new Route("/api/locks", Part.COORDINATOR),
            new Route("/api/claims", Part.COORDINATOR),
            new Route("/api/limits", Part.COORDINATOR),
            new Route("/api/affinities", Part.COORDINATOR),
            new Route("/api/audit", Part.COORDINATOR),
            new Route("/api/tasks", Part.QUEUE),
            new Route("/api/lessons", Part.QUEUE),
            new Route("/mcp", Part.QUEUE),
            new Route("/api/metrics", Part.METRICS),
            new Route("/xapi", Part.METRICS),
            new Route("/caliper", Part.METRICS),
            new Route("/ws", Part.METRICS),
            new Route("/stream", Part.METRICS),
            new Route("/api/classroom", Part.DASHBOARD),
            new Route("/api/students", Part.DASHBOARD),
            new Route("/api/alerts", Part.DASHBOARD),
            new Route("/api/interventions", Part.DASHBOARD),
            new Route("/api/ratings", Part.DASHBOARD),
            new Route("", Part.DASHBOARD));

    private static final List<Route> LONGEST_FIRST = TABLE.stream()
            .sorted(Comparator.comparingInt((Route r) -> r.prefix().length()).reversed())
            .toList();
    /** Paths that no service offers to the outside: health, metrics and OpenAPI have {@code /-/<service>/…}. */
    private static final List<String> INTERNAL = List.of("/q", "/figures", "/api");

    private Routes() {}

    /**
     * The owner of a path (still percent-encoded, without query); empty when nobody owns it: {@code /q}, the internal
     * {@code /figures}, and what is unknown under {@code /api}.
     */
    public static Optional<Part> owner(String path) {
        return LONGEST_FIRST.stream()
                .filter(route -> route.covers(path))
                .findFirst()
                .filter(route -> !route.prefix().isEmpty()
                        || INTERNAL.stream().noneMatch(p -> new Route(p, Part.QUEUE).covers(path)))
                .map(Route::owner);
    }
}
