package dev.homeroom.metrics.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rules that are tuned for apps and classrooms. On top of the settings of the service come the tuning of the app in every
 * classroom, then that of the classroom in every app, then that of the app in the classroom; each changes what it names. Of
 * trials in the shadow the most particular one runs, on top of all that.
 */
public final class TunedRules implements Rulebook {
    /** Rules of this many classrooms and apps are kept ready; they are cheap to make again. */
    private static final int MOST_READY = 10_000;

    private final long version;
    private final Basis basis;
    private final Ready untuned;
    private final Map<Scope, Tuning> live;
    private final Map<Scope, Candidate> trials;
    private final Map<Scope, Ready> ready = new ConcurrentHashMap<>();

    /**
     * The rules of the service, and what they come from.
     *
     * @param rules where nothing is tuned
     * @param settings by which those came from the standard rules
     * @param tunable whether tunings count; not where detection is switched off
     */
    public record Basis(FoldRules rules, Tuning settings, boolean tunable) {}

    /**
     * Where a tuning holds.
     *
     * @param classroom or {@value #ANY}
     * @param app or {@value #ANY}
     */
    public record Scope(String classroom, String app) {
        /** Stands for every classroom or app. */
        public static final String ANY = "*";
    }

    /**
     * A tuning on trial.
     *
     * @param number of the trial
     * @param tuning on top of what is live
     */
    public record Candidate(long number, Tuning tuning) {}

    private record Ready(Fold live, @Nullable Trial shadow) {}

    /**
     * Makes the rules of a version.
     *
     * @param live the tunings in use
     * @param trials those that run in the shadow
     */
    public TunedRules(long version, Basis basis, Map<Scope, Tuning> live, Map<Scope, Candidate> trials) {
        this.version = version;
        this.basis = basis;
        this.untuned = new Ready(new Fold(basis.rules()), null);
        this.live = basis.tunable() ? Map.copyOf(live) : Map.of();
        this.trials = basis.tunable() ? Map.copyOf(trials) : Map.of();
    }

    /** The same rules with only this on trial. */
    public TunedRules trying(Scope scope, Tuning tuning) {
        return new TunedRules(version, basis, live, Map.of(scope, new Candidate(version, tuning)));
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public Fold live(Seat seat) {
        return of(seat).live();
    }

    @Override
    public @Nullable Trial shadow(Seat seat) {
        return of(seat).shadow();
    }

    private Ready of(Seat seat) {
        if (live.isEmpty() && trials.isEmpty()) {
            return untuned;
        }
        if (ready.size() > MOST_READY) {
            ready.clear();
        }
        return ready.computeIfAbsent(new Scope(seat.classroom(), seat.app()), this::made);
    }

    private Ready made(Scope scope) {
        List<Tuning> layers = new ArrayList<>();
        layers.add(basis.settings());
        Candidate candidate = null;
        for (Scope wider : widestFirst(scope)) {
            Tuning tuning = live.get(wider);
            if (tuning != null) {
                layers.add(tuning);
            }
            candidate = trials.getOrDefault(wider, candidate);
        }
        Fold tuned = layers.size() == 1 ? untuned.live() : new Fold(Tuning.applied(basis.rules(), layers));
        if (candidate == null) {
            return new Ready(tuned, null);
        }
        layers.add(candidate.tuning());
        Fold tried = new Fold(Tuning.applied(basis.rules(), layers));
        return new Ready(tuned, new Trial(candidate.number(), tried));
    }

    private static List<Scope> widestFirst(Scope scope) {
        return List.of(new Scope(Scope.ANY, scope.app()), new Scope(scope.classroom(), Scope.ANY), scope);
    }
}
