package dev.homeroom.metrics.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.metrics.StoreUnavailableException;
import dev.homeroom.metrics.edge.Text;
import dev.homeroom.metrics.erasure.Eraser;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;

/** Forgets a student (R-T5); what that means: {@code docs/metrics-erasure.md}. */
@Path("/api/metrics")
public class ErasureResource {
    private static final Logger LOG = Logger.getLogger(ErasureResource.class);
    private static final int LONGEST_NAME = 200;

    private final Eraser eraser;

    /** Takes who forgets. */
    @Inject
    public ErasureResource(Eraser eraser) {
        this.eraser = eraser;
    }

    /** Forgets a student in all classrooms: 202 when it is decided, whether or not the student was known. */
    @DELETE
    @Path("/students/{id}")
    @RolesAllowed(Roles.ADMIN)
    @RunOnVirtualThread
    public Response erase(@RestPath String id) {
        String fault = Text.fault(id, LONGEST_NAME);
        if (fault != null) {
            throw new ProblemException(ProblemType.INVALID, "id: " + fault + ".", Map.of("field", "id"));
        }
        try {
            eraser.erase(id);
            return Response.accepted().build();
        } catch (StoreUnavailableException e) {
            LOG.warn(e.getMessage());
            throw new ProblemException(ProblemType.UNAVAILABLE, "The student cannot be forgotten now; try again.");
        }
    }
}
