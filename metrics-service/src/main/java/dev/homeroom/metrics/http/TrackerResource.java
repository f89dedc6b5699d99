package dev.homeroom.metrics.http;

import dev.homeroom.metrics.tracker.TrackerScript;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** Serves the browser tracker to whatever page asks: it holds no data and no token. */
@Path("/homeroom.js")
public class TrackerResource {
    private static final int FRESH_SECONDS = 3600;

    private final TrackerScript script;

    /** Of this script. */
    @Inject
    public TrackerResource(TrackerScript script) {
        this.script = script;
    }

    /** The script; 304 for who has it already. */
    @GET
    @PermitAll
    @Produces("text/javascript;charset=UTF-8")
    public Response script(@Context Request request) {
        EntityTag tag = new EntityTag(script.tag());
        Response.ResponseBuilder known = request.evaluatePreconditions(tag);
        CacheControl cache = new CacheControl();
        cache.setMaxAge(FRESH_SECONDS);
        cache.setNoTransform(false);
        return (known != null ? known : Response.ok(script.bytes()))
                .tag(tag)
                .cacheControl(cache)
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
