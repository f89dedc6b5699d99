package dev.homeroom.coordinator.http;

import dev.homeroom.contracts.problem.ProblemType;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** What the OpenAPI document says once for all operations: problems, pages, consistency. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {
    private static final String PROBLEM = "Problem";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final Map<String, String> PARAMETERS = Map.of(
            "limit", "Items of a page, 1 to 1,000; absent: 100.",
            "after", "The next of the previous page.",
            "prefix", "Only names that begin so.",
            "status", "starting, active, idle, stale, failed or released.",
            "consistency",
                    "linearizable (the default) or stale: then this replica's own copy may answer, and the header "
                            + "Homeroom-Consistency says its log index and age.",
            "Idempotency-Key", "Makes the request exactly-once; made by the client, at most 255 bytes.");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents().addSchema(PROBLEM, problemSchema());
        document.getComponents()
                .addResponse(
                        Responses.CONFLICT,
                        response(
                                "held, deadlock, stale-token, stale-incarnation, session-ended, request-too-old: who holds it, "
                                        + "and what to do next.",
                                heldExample()));
        document.getPaths().getPathItems().values().forEach(ApiDocument::describe);
    }

    private static void describe(PathItem path) {
        path.getOperations().values().forEach(operation -> {
            if (operation.getParameters() != null) {
                operation.getParameters().forEach(ApiDocument::describe);
            }
            problems(operation);
        });
    }

    private static void describe(Parameter parameter) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(PARAMETERS.getOrDefault(parameter.getName(), "Percent-encoded, slashes too."));
        }
    }

    private static void problems(Operation operation) {
        add(operation, ProblemType.INVALID, "malformed, invalid: the detail says which field.");
        add(operation, ProblemType.UNAUTHENTICATED, "No token, or none that is valid.");
        add(operation, ProblemType.FORBIDDEN, "forbidden, managed-by-queue: the role does not allow it.");
        add(operation, ProblemType.NOT_FOUND, "There is no such session, resource or affinity.");
        add(operation, ProblemType.TOO_MANY, "A bound of the state would be passed.");
        add(operation, ProblemType.OVERLOADED, "This caller, or everybody, has too much in flight; see Retry-After.");
        add(operation, ProblemType.NOT_LEADER, "No leader is known now; nothing was done. See Retry-After.");
        add(operation, ProblemType.TIMEOUT, "Whether it was done is unknown: repeat it under the same seq or key.");
    }

    private static void add(Operation operation, ProblemType type, String description) {
        String status = Integer.toString(type.status());
        if (operation.getResponses().getAPIResponse(status) == null) {
            operation.getResponses().addAPIResponse(status, response(description, example(type)));
        }
    }

    private static APIResponse response(String description, Map<String, Object> example) {
        MediaType media = OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM))
                .example(example);
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent().addMediaType(PROBLEM_JSON, media));
    }

    private static Map<String, Object> example(ProblemType type) {
        return Map.of("type", type.urn(), "title", type.title(), "status", type.status());
    }

    private static Map<String, Object> heldExample() {
        return Map.of(
                "type", ProblemType.HELD.urn(),
                "title", ProblemType.HELD.title(),
                "status", ProblemType.HELD.status(),
                "detail", "lock db is held by session s-2",
                "holder",
                        Map.of(
                                "session", "s-2",
                                "host", "dev-2",
                                "tty", "pts/3",
                                "heartbeatAgeSeconds", 4,
                                "heartbeatAge", "4s ago",
                                "since", "2026-01-05T09:00:00Z",
                                "deadline", "2026-01-05T09:10:00Z"),
                "queuePosition", 1,
                "retryAfterMs", 1000,
                "next", List.of("Wait for it: send the strategy RETRY with a wait such as PT30S."));
    }

    private static Schema problemSchema() {
        return OASFactory.createSchema()
                .type(List.of(Schema.SchemaType.OBJECT))
                .description("RFC 9457; clients decide by type, and problems.md lists them all.")
                .addProperty("type", text("urn:homeroom:problem:<name>"))
                .addProperty("title", text("The same for every occurrence."))
                .addProperty("status", OASFactory.createSchema().type(List.of(Schema.SchemaType.INTEGER)))
                .addProperty("detail", text("What happened, for people."))
                .addProperty(
                        "next",
                        OASFactory.createSchema()
                                .type(List.of(Schema.SchemaType.ARRAY))
                                .items(text("What to do next, for people.")));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING)).description(description);
    }
}
