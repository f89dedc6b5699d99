package dev.homeroom.dashboard.http;

import dev.homeroom.contracts.alert.Alert;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.dashboard.AlertBook;
import dev.homeroom.dashboard.InterventionBook;
import dev.homeroom.dashboard.core.Intervention;
import dev.homeroom.platform.event.EventIds;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.ClassroomScope;
import dev.homeroom.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What teachers did to help, and what came of it (R-T1). */
@Path("/api/interventions")
@RolesAllowed({Roles.TEACHER, Roles.ADMIN})
public class InterventionsResource {
    private final InterventionBook book;
    private final AlertBook alerts;
    private final InterventionViews views;
    private final ClassroomScope scope;
    private final Clock clock = Clock.systemUTC();

    /** Takes the books, and whose request it is. */
    InterventionsResource(InterventionBook book, AlertBook alerts, InterventionViews views, ClassroomScope scope) {
        this.book = book;
        this.alerts = alerts;
        this.views = views;
        this.scope = scope;
    }

    /** Notes an intervention; the same request id by the same teacher is noted once. */
    @POST
    public Uni<Response> add(@Valid @NotNull Fresh fresh) {
        scope.require(fresh.classroom());
        return student(fresh).flatMap(student -> {
            var wanted = new Intervention(
                    EventIds.fresh().toString(),
                    fresh.classroom(),
                    student,
                    text(fresh.alert()),
                    kind(fresh.kind()),
                    fresh.note(),
                    scope.caller().subject(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            return book.add(wanted, fresh.requestId()).flatMap(kept -> answer(wanted, kept));
        });
    }

    /** Interventions of a classroom, of one student if given, latest first. */
    @GET
    public Uni<Page<InterventionViews.View>> list(
            @QueryParam("classroom") @NotBlank @Size(max = 200) String classroom,
            @QueryParam("student") @Nullable String student,
            @QueryParam("after") @Nullable UUID after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        scope.require(classroom);
        return book.list(classroom, student, after, limit)
                .flatMap(found -> views.of(classroom, found))
                .map(items -> new Page<>(
                        items, items.size() < limit ? null : items.getLast().id()));
    }

    /** One intervention. */
    @GET
    @Path("/{id}")
    public Uni<InterventionViews.View> get(@RestPath UUID id) {
        return mine(id).flatMap(views::of);
    }

    /** Says better what was done. */
    @PUT
    @Path("/{id}")
    public Uni<InterventionViews.View> change(@RestPath UUID id, @Valid @NotNull Better better) {
        var kind = kind(better.kind());
        return mine(id).flatMap(_ -> book.change(id, kind, better.note()))
                .map(found -> found.orElseThrow(() -> unknown(id)))
                .flatMap(views::of);
    }

    /** Takes it back. */
    @DELETE
    @Path("/{id}")
    public Uni<Response> remove(@RestPath UUID id) {
        return mine(id).flatMap(_ -> book.remove(id))
                .map(_ -> Response.noContent().build());
    }

    private Uni<Intervention> mine(UUID id) {
        return book.find(id)
                .map(found -> found.orElseThrow(() -> unknown(id)))
                .invoke(found -> scope.require(found.classroom()));
    }

    private Uni<String> student(Fresh fresh) {
        var alert = fresh.alert();
        if (alert == null) {
            if (fresh.student() == null || fresh.student().isBlank()) {
                throw invalid("Give the student, or the alert.");
            }
            return Uni.createFrom().item(fresh.student());
        }
        return alerts.find(alert)
                .map(found -> found.filter(a -> a.classroom().equals(fresh.classroom()))
                        .orElseThrow(() -> invalid("The classroom has no alert " + alert + ".")))
                .map(Alert::student)
                .invoke(student -> {
                    if (fresh.student() != null && !fresh.student().equals(student)) {
                        throw invalid("The alert is about another student.");
                    }
                });
    }

    private Uni<Response> answer(Intervention wanted, Intervention kept) {
        var fresh = kept.id().equals(wanted.id());
        var same = kept.classroom().equals(wanted.classroom())
                && kept.student().equals(wanted.student())
                && Objects.equals(kept.alert(), wanted.alert());
        if (!fresh && !same) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "The request id was used for another intervention.",
                    Map.of("id", kept.id()));
        }
        var status = fresh ? Response.Status.CREATED : Response.Status.OK;
        return views.of(kept).map(view -> Response.status(status).entity(view).build());
    }

    private static Intervention.Kind kind(String word) {
        try {
            return Intervention.Kind.of(word);
        } catch (IllegalArgumentException e) {
            throw invalid("kind is one of hint, explanation, encouragement, pairing, task-change, other.");
        }
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private static ProblemException unknown(UUID id) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no intervention " + id + ".");
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID, detail);
    }

    /**
     * A new intervention.
     *
     * @param classroom where
     * @param student whom; not needed with an alert
     * @param alert the occasion
     * @param kind of help: hint, explanation, encouragement, pairing, task-change or other
     * @param note the teacher's words
     * @param requestId recognises a repeat
     */
    public record Fresh(
            @NotBlank @Size(max = 200) String classroom,
            @Size(max = 200) @Nullable String student,
            @Nullable UUID alert,
            @NotBlank @Size(max = 20) String kind,
            @Size(max = 1000) @Nullable String note,
            @NotNull UUID requestId) {}

    /**
     * What replaces the kind and the note.
     *
     * @param kind of help
     * @param note the teacher's words
     */
    public record Better(
            @NotBlank @Size(max = 20) String kind,
            @Size(max = 1000) @Nullable String note) {}
}
