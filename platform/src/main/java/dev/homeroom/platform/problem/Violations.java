package dev.homeroom.platform.problem;

import dev.homeroom.contracts.problem.ProblemType;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says which fields of a request break which constraint. */
final class Violations {
    /** More than these help nobody, and the answer stays small. */
    private static final int MOST_TOLD = 20;

    /** One broken constraint, as the body names it. */
    record Violation(String field, String message) {}

    private Violations() {}

    /** Whether it was our answer, not the request, that broke a constraint. */
    static boolean concernsAnswer(ConstraintViolationException e) {
        return e.getConstraintViolations().stream()
                .flatMap(violation -> nodesOf(violation).stream())
                .anyMatch(node -> node.getKind() == ElementKind.RETURN_VALUE);
    }

    static Problem problem(ConstraintViolationException e) {
        List<Violation> told = e.getConstraintViolations().stream()
                .map(violation -> new Violation(fieldOf(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message))
                .limit(MOST_TOLD)
                .toList();
        String detail = told.stream()
                .map(violation -> violation.field() + ": " + violation.message())
                .collect(Collectors.joining("; "));
        return Problem.of(ProblemType.INVALID, detail, Map.of("violations", told));
    }

    private static String fieldOf(ConstraintViolation<?> violation) {
        List<Path.Node> nodes = new ArrayList<>(nodesOf(violation));
        nodes.removeIf(node -> node.getKind() == ElementKind.METHOD);
        if (nodes.size() > 1 && nodes.getFirst().getKind() == ElementKind.PARAMETER) {
            // The parameter that holds the body has a name in our code only.
            nodes.removeFirst();
        }
        return nodes.stream().map(Path.Node::toString).collect(Collectors.joining("."));
    }

    private static List<Path.Node> nodesOf(ConstraintViolation<?> violation) {
        List<Path.Node> nodes = new ArrayList<>();
        violation.getPropertyPath().forEach(nodes::add);
        return nodes;
    }
}
