package dev.homeroom.local.gateway;

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
    public record Route(String prefix, Owner owner) {
        boolean covers(String path) {
            return isUnder(path, prefix);
        }
    }

    /**
     * Where a request goes.
     *
     * @param owner the service
     * @param path the path there
     */
    public record Target(Owner owner, String path) {}

    /** The table. */
    public static final List<Route> TABLE = List.of(
            new Route("/api/sessions", Owner.COORDINATOR),
            new Route("/api/locks", Owner.COORDINATOR),
            new Route("/api/claims", Owner.COORDINATOR),
            new Route("/api/limits", Owner.COORDINATOR),
            new Route("/api/affinities", Owner.COORDINATOR),
            new Route("/api/audit", Owner.COORDINATOR),
            new Route("/api/cluster", Owner.COORDINATOR),
            new Route("/api/tasks", Owner.QUEUE),
            new Route("/api/lessons", Owner.QUEUE),
            new Route("/mcp", Owner.QUEUE),
            new Route("/api/metrics", Owner.METRICS),
            new Route("/xapi", Owner.METRICS),
            new Route("/caliper", Owner.METRICS),
            new Route("/homeroom.js", Owner.METRICS),
            new Route("/ws", Owner.METRICS),
            new Route("/stream", Owner.METRICS),
            new Route("/api/classroom", Owner.DASHBOARD),
            new Route("/api/students", Owner.DASHBOARD),
            new Route("/api/alerts", Owner.DASHBOARD),
            new Route("/api/interventions", Owner.DASHBOARD),
            new Route("/api/ratings", Owner.DASHBOARD),
            new Route("", Owner.DASHBOARD));

    private static final List<Route> LONGEST_FIRST = TABLE.stream()
            .sorted(Comparator.comparingInt((Route r) -> r.prefix().length()).reversed())
            .toList();
    /** What a service offers for itself: {@code /-/queue/q/health} is {@code /q/health} of the queue. */
    private static final String OF_ONE_SERVICE = "/-/";

    private static final String OPERATIONS = "/q";
    /** Not for the outside, and not for the owner of everything else. */
    private static final List<String> CLOSED = List.of(OPERATIONS, "/figures", "/api", "/-");

    private Routes() {}

    /**
     * Where a path goes (still percent-encoded, without query); empty when nobody owns it, or when it has dot segments,
     * which could reach another route behind our back.
     */
    public static Optional<Target> target(String path) {
        if (!path.startsWith("/") || hasDotSegment(path)) {
            return Optional.empty();
        }
        if (path.startsWith(OF_ONE_SERVICE)) {
            return operations(path.substring(OF_ONE_SERVICE.length()));
        }
        return LONGEST_FIRST.stream()
                .filter(route -> route.covers(path))
                .findFirst()
                .filter(route -> !route.prefix().isEmpty() || CLOSED.stream().noneMatch(c -> isUnder(path, c)))
                .map(route -> new Target(route.owner(), path));
    }

    private static Optional<Target> operations(String rest) {
        int slash = rest.indexOf('/');
        if (slash < 0 || !isUnder(rest.substring(slash), OPERATIONS)) {
            return Optional.empty();
        }
        return Owner.byId(rest.substring(0, slash)).map(owner -> new Target(owner, rest.substring(slash)));
    }

    private static boolean isUnder(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    private static boolean hasDotSegment(String path) {
        for (String segment : path.split("/", -1)) {
            String plain = segment.replace("%2e", ".").replace("%2E", ".");
            if (plain.equals(".") || plain.equals("..")) {
                return true;
            }
        }
        return false;
    }
}
