package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Affinity;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Preference;
import dev.homeroom.coordinator.store.v1.StoredAffinity;
import dev.homeroom.coordinator.store.v1.StoredAffinityPage;
import dev.homeroom.coordinator.store.v1.StoredListAffinities;
import dev.homeroom.coordinator.store.v1.StoredOpenAffinities;
import dev.homeroom.coordinator.store.v1.StoredOpenAffinity;
import dev.homeroom.coordinator.store.v1.StoredWindow;
import java.util.List;

/** Affinities as they are stored. */
final class Affinities {
    private Affinities() {}

    static StoredAffinity stored(Affinity affinity) {
        return StoredAffinity.newBuilder()
                .setId(affinity.id())
                .setSession(affinity.session())
                .setLesson(affinity.lesson())
                .addAllWindows(
                        affinity.windows().stream().map(Affinities::stored).toList())
                .setWeight(affinity.weight())
                .build();
    }

    private static StoredWindow stored(Affinity.Window window) {
        return StoredWindow.newBuilder()
                .addAllDays(window.days())
                .setFromMinute(window.fromMinute())
                .setToMinute(window.toMinute())
                .setZone(window.zone())
                .build();
    }

    static Affinity core(StoredAffinity stored) {
        return new Affinity(
                stored.getId(),
                stored.getSession(),
                stored.getLesson(),
                stored.getWindowsList().stream().map(Affinities::core).toList(),
                stored.getWeight());
    }

    private static Affinity.Window core(StoredWindow stored) {
        return new Affinity.Window(
                stored.getDaysList(), stored.getFromMinute(), stored.getToMinute(), stored.getZone());
    }

    static StoredListAffinities stored(Command.ListAffinities list) {
        return StoredListAffinities.newBuilder()
                .setSession(list.session())
                .setAfter(list.after())
                .setLimit(list.limit())
                .build();
    }

    static Command core(StoredListAffinities stored) {
        return new Command.ListAffinities(stored.getSession(), stored.getAfter(), stored.getLimit());
    }

    static StoredOpenAffinities stored(Command.OpenAffinities open) {
        return StoredOpenAffinities.newBuilder()
                .setTerm(open.term())
                .addAllIds(open.ids())
                .build();
    }

    static Command core(StoredOpenAffinities stored) {
        return new Command.OpenAffinities(stored.getTerm(), List.copyOf(stored.getIdsList()));
    }

    static StoredOpenAffinity stored(Answer.OneAffinity one) {
        return StoredOpenAffinity.newBuilder()
                .setAffinity(stored(one.affinity()))
                .setOpen(one.open())
                .build();
    }

    static Answer.OneAffinity core(StoredOpenAffinity stored) {
        return new Answer.OneAffinity(core(stored.getAffinity()), stored.getOpen());
    }

    static StoredOpenAffinity stored(Preference preference) {
        return StoredOpenAffinity.newBuilder()
                .setAffinity(stored(preference.affinity()))
                .setOpen(preference.open())
                .build();
    }

    static Preference preference(StoredOpenAffinity stored) {
        return new Preference(core(stored.getAffinity()), stored.getOpen());
    }

    static StoredAffinityPage stored(Answer.AffinityPage page) {
        StoredAffinityPage.Builder stored = StoredAffinityPage.newBuilder()
                .addAllAffinities(
                        page.affinities().stream().map(Affinities::stored).toList());
        if (page.next() != null) {
            stored.setNext(page.next());
        }
        return stored.build();
    }

    static Answer core(StoredAffinityPage stored) {
        List<Answer.OneAffinity> affinities =
                stored.getAffinitiesList().stream().map(Affinities::core).toList();
        return new Answer.AffinityPage(affinities, stored.hasNext() ? stored.getNext() : null);
    }
}
