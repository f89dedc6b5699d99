package dev.homeroom.queue.http;

import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.insight.Inquiry;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Why a task is not running (R-Q9). */
@Path("/api/tasks/{id}/why")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.OPERATOR, Roles.AGENT})
@Tag(name = "insight")
public class WhyResource {
    private final Inquiry inquiry;

    /** By this inquiry. */
    public WhyResource(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** Every cause, the one that counts most first. */
    @GET
    @Operation(
            summary = "Why a task is not running",
            description = "summary says it in a sentence; causes has each with what proves it, the weightiest first; "
                    + "docs/queue-why.md lists them all, with what they mean and what to do.")
    @APIResponse(responseCode = "200", description = "The causes, its place in the order, and what can be done.")
    @APIResponse(responseCode = "404", description = "not-found: there is no such task, or it was purged.")
    public CompletionStage<WhyView> why(@PathParam("id") UUID id) {
        return Answers.of(inquiry.why(id).thenApply(WhyView::of));
    }
}
