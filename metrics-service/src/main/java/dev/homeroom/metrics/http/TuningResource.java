package dev.homeroom.metrics.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.metrics.StoreUnavailableException;
import dev.homeroom.metrics.core.FoldRules;
import dev.homeroom.metrics.core.TunedRules;
import dev.homeroom.metrics.core.TunedRules.Scope;
import dev.homeroom.metrics.core.Tuning;
import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.detector.Thresholds;
import dev.homeroom.metrics.tuning.Mode;
import dev.homeroom.metrics.tuning.TuningBook;
import dev.homeroom.metrics.tuning.TuningJson;
import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * Rules of detection per classroom and app (R-M3); {@code docs/metrics-detectors.md}. Teachers tune their classrooms,
 * operators all of them; {@code *} stands for every classroom or app.
 */
@Path("/api/metrics/tunings")
@RolesAllowed({Roles.TEACHER, Roles.OPERATOR, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TuningResource {
    private final TuningBook book;
    private final TunedRules.Basis basis;
    private final TuningScope scope;

    /** Takes where tunings are kept, what they change, and whose request it is. */
    @Inject
    public TuningResource(TuningBook book, TunedRules.Basis basis, TuningScope scope) {
        this.book = book;
        this.basis = basis;
        this.scope = scope;
    }

    /**
     * A tuning.
     *
     * @param trial the number of the trial, of a tuning in the shadow
     */
    public record View(
            String classroom,
            String app,
            String mode,
            @Nullable Long trial,
            JsonNode tuning,
            String changedBy,
            Instant changedAt) {
        static View of(TuningBook.Kept kept) {
            return new View(
                    kept.scope().classroom(),
                    kept.scope().app(),
                    kept.mode().word(),
                    kept.mode() == Mode.SHADOW ? kept.version() : null,
                    TuningJson.write(kept.tuning()),
                    kept.changedBy(),
                    kept.changedAt());
        }
    }

    /**
     * The rules that hold somewhere.
     *
     * @param tunings that count there, wider ones first
     * @param detectors that run there, with their thresholds
     */
    public record Rules(
            String classroom,
            String app,
            double threshold,
            double hysteresis,
            Duration coolDown,
            Map<String, Map<String, String>> detectors,
            List<View> tunings) {}

    /** All tunings that the caller may see, in order of classroom, app and mode. */
    @GET
    public Page<View> list(@QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable Integer limit) {
        int most = Limit.of(limit);
        TuningBook.Place from = after == null ? null : TuningCursor.read(after);
        List<TuningBook.Kept> found = asked(() -> book.list(scope.classrooms(), from, most + 1));
        List<TuningBook.Kept> page = found.subList(0, Math.min(most, found.size()));
        String next = found.size() > most ? TuningCursor.write(page.getLast()) : null;
        return new Page<>(page.stream().map(View::of).toList(), next);
    }

    /** The rules that hold for an app in a classroom, and the tunings they come from. */
    @GET
    @Path("/{classroom}/{app}")
    public Rules rules(@RestPath String classroom, @RestPath String app) {
        Scope place = scope.visible(classroom, app);
        List<TuningBook.Kept> holding = asked(() -> book.holding(place));
        List<Tuning> layers = new ArrayList<>();
        layers.add(basis.settings());
        holding.stream().filter(kept -> kept.mode() == Mode.LIVE).forEach(kept -> layers.add(kept.tuning()));
        FoldRules rules = basis.tunable() ? Tuning.applied(basis.rules(), layers) : basis.rules();
        Map<String, Map<String, String>> detectors = new LinkedHashMap<>();
        for (Detector<?> detector : rules.detectors()) {
            detectors.put(detector.name(), Thresholds.of(detector));
        }
        return new Rules(
                classroom,
                app,
                rules.threshold(),
                rules.hysteresis(),
                rules.coolDown(),
                detectors,
                holding.stream().map(View::of).toList());
    }

    /** Tunes, in place of what was tuned there; holds from the next transaction of the fold on. */
    @PUT
    @Path("/{classroom}/{app}")
    @Consumes(MediaType.APPLICATION_JSON)
    public View put(
            @RestPath String classroom,
            @RestPath String app,
            @QueryParam("mode") @Nullable String mode,
            @NotNull JsonNode body) {
        TuningBook.Place place = new TuningBook.Place(scope.changeable(classroom, app), mode(mode));
        Tuning tuning = tuning(body);
        TuningBook.Kept kept = asked(() -> book.put(place, tuning, scope.subject()));
        if (kept == null) {
            throw new ProblemException(
                    ProblemType.TOO_MANY,
                    "There are %d tunings of this classroom or %d in all already; remove some."
                            .formatted(TuningBook.MOST_OF_CLASSROOM, TuningBook.MOST));
        }
        return View.of(kept);
    }

    /** Takes a tuning back; what a trial told stays. Answers 204 whether or not there was one. */
    @DELETE
    @Path("/{classroom}/{app}")
    public void remove(@RestPath String classroom, @RestPath String app, @QueryParam("mode") @Nullable String mode) {
        TuningBook.Place place = new TuningBook.Place(scope.changeable(classroom, app), mode(mode));
        var _ = asked(() -> book.remove(place));
    }

    /** What a body says, or a problem that names what is wrong in it. */
    static Tuning tuning(JsonNode body) {
        try {
            return TuningJson.read(body);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID, e.getMessage() + ".");
        }
    }

    /** What a book answers, or a problem when it cannot. */
    static <T extends @Nullable Object> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (StoreUnavailableException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "Tunings and trials cannot be reached now.");
        }
    }

    private static Mode mode(@Nullable String word) {
        for (Mode mode : Mode.values()) {
            if (word == null || mode.word().equals(word)) {
                return mode;
            }
        }
        throw new ProblemException(ProblemType.INVALID, "mode: must be live or shadow.");
    }
}
