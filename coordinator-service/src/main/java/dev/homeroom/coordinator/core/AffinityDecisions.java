package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Affinities: making, changing, removing and reading them, and opening their windows (requirement R-S7). */
final class AffinityDecisions {
    private static final int HIGHEST_WEIGHT = 100;
    private static final int MINUTES_PER_DAY = 1_440;
    private static final int DAYS = 7;

    private final State state;

    AffinityDecisions(State state) {
        this.state = state;
    }

    Decision put(Command.PutAffinity put) {
        Affinity affinity = put.affinity();
        String wrong = wrong(affinity);
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Preference former = state.affinities.get(affinity.id());
        if (former == null && state.affinities.size() >= Bounds.AFFINITIES) {
            return Decision.reject(Reason.TOO_MANY, "at most " + Bounds.AFFINITIES + " affinities may exist");
        }
        boolean sameHours = former != null && former.affinity().windows().equals(affinity.windows());
        // Whether a new window is open is for the leader to find out: with its next look.
        boolean open = affinity.windows().isEmpty() || (former != null && sameHours && former.open());
        Preference next = new Preference(affinity, open);
        return next.equals(former)
                ? Decision.of(next.answer())
                : Decision.of(new Event.AffinityPut(next), next.answer());
    }

    private static @Nullable String wrong(Affinity affinity) {
        String wrong = Checks.first(
                Checks.name("id", affinity.id()),
                Checks.name("session", affinity.session()),
                Checks.name("lesson", affinity.lesson()),
                Checks.range("weight", affinity.weight(), 1, HIGHEST_WEIGHT),
                Checks.range("windows", affinity.windows().size(), 0, Bounds.WINDOWS));
        for (Affinity.Window window : affinity.windows()) {
            wrong = wrong != null ? wrong : wrong(window);
        }
        return wrong;
    }

    private static @Nullable String wrong(Affinity.Window window) {
        String wrong = Checks.first(
                Checks.range("days of a window", window.days().size(), 1, DAYS),
                Checks.range("from of a window, in minutes,", window.fromMinute(), 0, MINUTES_PER_DAY - 1),
                Checks.range("to of a window, in minutes,", window.toMinute(), 1, MINUTES_PER_DAY),
                Checks.name("zone", window.zone()));
        for (int day : window.days()) {
            wrong = wrong != null ? wrong : Checks.range("day (1 Monday to 7 Sunday)", day, 1, DAYS);
        }
        // Whether there is such a zone the leader asked before: see Windows.
        return wrong;
    }

    Decision delete(Command.DeleteAffinity delete) {
        String wrong = Checks.text("id", delete.id());
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        return state.affinities.get(delete.id()) == null
                ? Decision.of(new Answer.Done())
                : Decision.of(new Event.AffinityRemoved(delete.id()), new Answer.Done());
    }

    Decision get(Command.GetAffinity get) {
        Preference found = state.affinities.get(get.id());
        return found == null
                ? Decision.reject(Reason.NOT_FOUND, "there is no affinity " + get.id())
                : Decision.of(found.answer());
    }

    Decision list(Command.ListAffinities list) {
        String wrong = Checks.range("limit", list.limit(), 1, Bounds.PAGE);
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Page<Answer.OneAffinity, String> page = new Page<>(list.limit());
        if (list.session().isEmpty()) {
            state.affinities.scan(
                    list.after(), (id, found) -> id.equals(list.after()) || page.examine(id, found.answer()));
        } else {
            state.affinitiesOf.scan(new Due.Preferred(list.session(), list.after()), (place, id) -> {
                Preference found = state.affinities.get(id);
                boolean own = place.session().equals(list.session());
                return own && (id.equals(list.after()) || page.examine(id, found == null ? null : found.answer()));
            });
        }
        return Decision.of(new Answer.AffinityPage(page.items(), page.next()));
    }

    Decision open(Command.OpenAffinities open) {
        if (open.term() != state.term()) {
            return Decision.reject(Reason.STALE_TERM, "windows of term " + open.term() + " in term " + state.term());
        }
        String wrong = Checks.range("ids", open.ids().size(), 0, Bounds.AFFINITIES);
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Set<String> ids = new HashSet<>(open.ids());
        List<Event> events = new ArrayList<>();
        state.affinities.scan(null, (id, preference) -> {
            boolean now = preference.affinity().windows().isEmpty() || ids.contains(id);
            if (now != preference.open()) {
                events.add(new Event.AffinityTurned(id, now));
            }
            return true;
        });
        return new Decision(events, new Answer.Done());
    }
}
