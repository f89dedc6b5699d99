package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;

/** Keeps affinities and their index by session in step. */
final class AffinityTable {
    private AffinityTable() {}

    static void put(State state, Preference preference) {
        Affinity affinity = preference.affinity();
        Preference former = state.affinities.put(affinity.id(), preference);
        if (former != null) {
            state.affinitiesOf.remove(place(former.affinity()));
        }
        state.affinitiesOf.put(place(affinity), affinity.id());
    }

    static void remove(State state, String id) {
        Preference former = state.affinities.remove(id);
        if (former != null) {
            state.affinitiesOf.remove(place(former.affinity()));
        }
    }

    private static Due.Preferred place(Affinity affinity) {
        return new Due.Preferred(affinity.session(), affinity.id());
    }

    /** The session's affinities that count now, by id. */
    static List<Affinity> open(State state, String session) {
        if (state.affinities.isEmpty()) {
            return List.of();
        }
        List<Affinity> open = new ArrayList<>();
        state.affinitiesOf.scan(new Due.Preferred(session, ""), (place, id) -> {
            if (!place.session().equals(session)) {
                return false;
            }
            Preference preference = state.affinities.get(id);
            if (preference != null && preference.open()) {
                open.add(preference.affinity());
            }
            return true;
        });
        return open;
    }
}
