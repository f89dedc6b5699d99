package dev.homeroom.dashboard.figures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.platform.security.ServiceTokenFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The questions of metrics-service for other services; a null parameter is left out. */
@Path("/figures")
@RegisterRestClient(configKey = "figures")
@RegisterProvider(ServiceTokenFilter.class)
public interface FiguresClient {
    /** Figures of a classroom. */
    @GET
    @Path("/classrooms/{id}")
    Uni<JsonNode> classroom(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("bucket") @Nullable String bucket);

    /** Frustration of a student in these classrooms. */
    @GET
    @Path("/students/{id}")
    Uni<JsonNode> student(@PathParam("id") String id, @QueryParam("classrooms") String classrooms);
}
