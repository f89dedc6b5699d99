package dev.homeroom.queue.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.core.lesson.LessonWrite;
import dev.homeroom.queue.lesson.LessonDesk;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Lessons: what is said of them, how they share, how far they are (R-Q7). Operators write, agents read. */
@Path("/api/lessons")
@Tag(name = "lessons", description = "What tasks are grouped by: weights, learning objectives, progress.")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.OPERATOR, Roles.AGENT})
public class LessonsResource {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    /** Before an objective in the cursor of a list of groups, where an objective can be absent too. */
    private static final String GROUP = "objective:";

    private final LessonDesk desk;
    private final LessonPatch patches;

    /** On these lessons. */
    public LessonsResource(LessonDesk desk, LessonPatch patches) {
        this.desk = desk;
        this.patches = patches;
    }

    /** Makes one. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Make a lesson",
            description = "A lesson with the same name and content is answered as it is, so a repeat is harmless.")
    @APIResponse(
            responseCode = "201",
            description = "The lesson; Location names it.",
            content = @Content(schema = @Schema(implementation = LessonView.class)))
    @APIResponse(responseCode = "200", description = "It is there already, just so.")
    @APIResponse(responseCode = "409", description = "It is there with other content; PUT replaces it.")
    public CompletionStage<Response> create(@Nullable LessonBody body) {
        return answer(body, given -> {
            var name = Checks.name("name", given.name());
            return desk.write(given.write(name, LessonWrite.Mode.CREATE, null));
        });
    }

    /** By name, or grouped. */
    @GET
    @Operation(
            summary = "Lessons, or learning objectives",
            description = "Lessons by name, with their progress. groupBy=objective gives objectives instead, each with "
                    + "the number of its lessons and the progress of their tasks together; first those without one.")
    @APIResponse(
            responseCode = "200",
            description = "A page.",
            content = @Content(schema = @Schema(oneOf = {LessonView.class, ObjectiveView.class})))
    public CompletionStage<Page<?>> list(
            @Parameter(description = "Only lessons of this objective; empty: only those without one.")
                    @RestQuery
                    @Nullable
                    String objective,
            @Parameter(description = "objective") @RestQuery @Nullable String groupBy,
            @Parameter(description = "Items of a page, 1 to 1,000; absent: 100.") @RestQuery @Nullable Integer limit,
            @Parameter(description = "The next of the previous page.") @RestQuery @Nullable String after) {
        int most = Limit.of(limit);
        return Answers.of(CompletableFuture.completedStage(most)
                .thenCompose(_ ->
                        groupBy == null ? lessons(objective, after, most) : groups(groupBy, objective, after, most)));
    }

    /** One. */
    @GET
    @Path("/{name}")
    @Operation(summary = "One lesson", description = "Its version is in ETag too.")
    @APIResponse(
            responseCode = "200",
            description = "The lesson with its progress.",
            content = @Content(schema = @Schema(implementation = LessonView.class)))
    public CompletionStage<Response> get(
            @Parameter(description = "Percent-encoded, slashes too.") @RestPath String name) {
        return Answers.of(desk.find(name).thenApply(standing -> tagged(Response.ok(), standing)));
    }

    /** Makes or replaces one. */
    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Make or replace a lesson",
            description = "What is absent gets its default. With If-Match, or a version in the body, only if that is "
                    + "the present version. The same content again changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "The lesson as it is now.",
            content = @Content(schema = @Schema(implementation = LessonView.class)))
    @APIResponse(responseCode = "201", description = "It was not there before.")
    @APIResponse(responseCode = "409", description = "It has another version.")
    public CompletionStage<Response> put(
            @Parameter(description = "Percent-encoded, slashes too.") @RestPath String name,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable LessonBody body) {
        return answer(body, given -> desk.write(given.write(name, LessonWrite.Mode.PUT, Versions.ofTag(ifMatch))));
    }

    /** Changes a part of one. */
    @PATCH
    @Path("/{name}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Change a lesson in part",
            description =
                    "A JSON merge patch (RFC 7396): what is absent stays, what is null goes. If-Match as with PUT.")
    @APIResponse(
            responseCode = "200",
            description = "The lesson as it is now.",
            content = @Content(schema = @Schema(implementation = LessonView.class)))
    @APIResponse(responseCode = "409", description = "It has another version, or was changed at the same time.")
    public CompletionStage<Response> patch(
            @Parameter(description = "Percent-encoded, slashes too.") @RestPath String name,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = LessonBody.class))) @Nullable
                    JsonNode patch) {
        return answer(
                patch,
                given -> desk.find(name).thenCompose(present -> {
                    var asked = Versions.ofTag(ifMatch);
                    var body = patches.apply(present.lesson().content(), given);
                    var seen = asked == null && body.version() == null
                            ? Integer.valueOf(present.lesson().version())
                            : asked;
                    return desk.write(body.write(name, LessonWrite.Mode.PUT, seen));
                }));
    }

    /** Removes one. */
    @DELETE
    @Path("/{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Remove a lesson",
            description = "Refused while tasks of it are unfinished. Finished ones keep its name, and their counts are "
                    + "there again should the lesson come back.")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(
            responseCode = "409",
            description = "Tasks are unfinished, or it has another version than If-Match says.")
    public CompletionStage<Void> delete(
            @Parameter(description = "Percent-encoded, slashes too.") @RestPath String name,
            @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return Answers.of(CompletableFuture.completedStage(name)
                .thenCompose(given -> desk.delete(given, Versions.ofTag(ifMatch))));
    }

    private CompletionStage<Page<?>> lessons(@Nullable String objective, @Nullable String after, int most) {
        return desk.list(objective, after, most + 1)
                .thenApply(found -> Pages.of(
                        found, most, LessonView::of, last -> last.lesson().name()));
    }

    private CompletionStage<Page<?>> groups(String by, @Nullable String objective, @Nullable String after, int most) {
        if (!by.equals("objective") || objective != null) {
            throw Checks.invalid("groupBy: can be objective, and then there is no other filter.");
        }
        if (after != null && !after.startsWith(GROUP)) {
            throw Checks.invalid("after: must be what the previous page gave as next.");
        }
        return desk.objectives(after == null ? null : after.substring(GROUP.length()), most + 1)
                .thenApply(found -> Pages.of(
                        found,
                        most,
                        ObjectiveView::of,
                        last -> GROUP + (last.objective() == null ? "" : last.objective())));
    }

    private static <B> CompletionStage<Response> answer(
            @Nullable B body, Function<B, CompletionStage<LessonDesk.Written>> write) {
        return Answers.of(CompletableFuture.completedStage(body)
                .thenCompose(given -> write.apply(Checks.present("The body", given)))
                .thenApply(written ->
                        tagged(written.created() ? created(written.standing()) : Response.ok(), written.standing())));
    }

    private static Response tagged(Response.ResponseBuilder answer, LessonDesk.Standing standing) {
        return answer.entity(LessonView.of(standing))
                .header(HttpHeaders.ETAG, Versions.tag(standing.lesson().version()))
                .build();
    }

    /** The header by hand: the answer is made where the request is not at hand any more. */
    private static Response.ResponseBuilder created(LessonDesk.Standing standing) {
        var name = URLEncoder.encode(standing.lesson().name(), StandardCharsets.UTF_8);
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/lessons/" + name.replace("+", "%20"));
    }
}
