package dev.homeroom.queue.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.problem.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses parameters in the address that the route does not know: a misspelt filter must not answer everything. */
public final class KnownParameters {
    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    /** Before the route is entered; addresses without parameters cost nothing. */
    @ServerRequestFilter
    public void check(ContainerRequestContext request, ResourceInfo resource) {
        var given = request.getUriInfo().getQueryParameters().keySet();
        if (given.isEmpty()) {
            return;
        }
        var names = known.computeIfAbsent(resource.getResourceMethod(), KnownParameters::namesOf);
        for (var name : given) {
            if (!names.contains(name)) {
                throw new ProblemException(
                        ProblemType.INVALID,
                        names.isEmpty()
                                ? "There are no parameters here."
                                : "There is no such parameter here; known are " + String.join(", ", names) + ".",
                        Map.of("field", name.substring(0, Math.min(name.length(), Checks.NAME))));
            }
        }
    }

    private static Set<String> namesOf(Method method) {
        var names = new TreeSet<String>();
        for (var parameter : method.getParameters()) {
            fields(parameter).forEach(names::add);
        }
        return names;
    }

    private static Stream<String> fields(Parameter parameter) {
        return parameter.isAnnotationPresent(BeanParam.class)
                ? Arrays.stream(parameter.getType().getFields()).flatMap(field -> named(field, field.getName()))
                : named(parameter, parameter.getName());
    }

    private static Stream<String> named(AnnotatedElement element, String name) {
        var query = element.getAnnotation(QueryParam.class);
        if (query != null) {
            return Stream.of(query.value());
        }
        var rest = element.getAnnotation(RestQuery.class);
        return rest == null ? Stream.empty() : Stream.of(rest.value().isEmpty() ? name : rest.value());
    }
}
