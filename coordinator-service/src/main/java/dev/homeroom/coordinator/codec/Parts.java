package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Codebase;
import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Gap;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.Published;
import dev.homeroom.coordinator.core.Settings;
import dev.homeroom.coordinator.core.Terms;
import dev.homeroom.coordinator.store.v1.StoredChange;
import dev.homeroom.coordinator.store.v1.StoredCodebase;
import dev.homeroom.coordinator.store.v1.StoredCursor;
import dev.homeroom.coordinator.store.v1.StoredEntry;
import dev.homeroom.coordinator.store.v1.StoredGap;
import dev.homeroom.coordinator.store.v1.StoredGrantChange;
import dev.homeroom.coordinator.store.v1.StoredProfile;
import dev.homeroom.coordinator.store.v1.StoredSessionChange;
import dev.homeroom.coordinator.store.v1.StoredSettings;
import dev.homeroom.coordinator.store.v1.StoredTerms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parts that commands, answers and snapshots share. */
final class Parts {
    private Parts() {}

    static StoredCodebase stored(Codebase codebase) {
        return StoredCodebase.newBuilder()
                .setRepo(codebase.repo())
                .setBranch(codebase.branch())
                .setDirectory(codebase.directory())
                .build();
    }

    static Codebase core(StoredCodebase stored) {
        return new Codebase(stored.getRepo(), stored.getBranch(), stored.getDirectory());
    }

    static StoredProfile stored(Profile profile) {
        return StoredProfile.newBuilder()
                .setName(profile.name())
                .setHost(profile.host())
                .setTty(profile.tty())
                .setPid(profile.pid())
                .setCodebase(stored(profile.codebase()))
                .setLesson(profile.lesson())
                .addAllCapabilities(profile.capabilities())
                .setMaxConcurrentTasks(profile.maxConcurrentTasks())
                .build();
    }

    static Profile core(StoredProfile stored) {
        return new Profile(
                stored.getName(),
                stored.getHost(),
                stored.getTty(),
                stored.getPid(),
                core(stored.getCodebase()),
                stored.getLesson(),
                stored.getCapabilitiesList(),
                stored.getMaxConcurrentTasks());
    }

    /** In the order of the keys: the same content gives the same bytes. */
    static List<StoredEntry> entries(Map<String, String> map) {
        if (map.isEmpty()) {
            return List.of();
        }
        List<StoredEntry> entries = new ArrayList<>(map.size());
        new TreeMap<>(map)
                .forEach((key, value) -> entries.add(
                        StoredEntry.newBuilder().setKey(key).setValue(value).build()));
        return entries;
    }

    static Map<String, String> map(List<StoredEntry> entries) {
        if (entries.isEmpty()) {
            return Map.of();
        }
        TreeMap<String, String> map = new TreeMap<>();
        entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(map);
    }

    static StoredTerms stored(Terms terms) {
        return StoredTerms.newBuilder()
                .setStrategy(Constants.stored(terms.strategy()))
                .setWait(terms.waitMillis())
                .setTriesAgain(!terms.lastTry())
                .setAttachment(terms.attachment())
                .setLockDelay(terms.lockDelayMillis())
                .addAllMetadata(entries(terms.metadata()))
                .setBy(terms.by())
                .setWhy(terms.why())
                .build();
    }

    static Terms core(StoredTerms stored) {
        return new Terms(
                Constants.core(stored.getStrategy()),
                stored.getWait(),
                !stored.getTriesAgain(),
                stored.getAttachment(),
                stored.getLockDelay(),
                map(stored.getMetadataList()),
                stored.getBy(),
                stored.getWhy());
    }

    static StoredCursor stored(Cursor cursor) {
        return StoredCursor.newBuilder()
                .setIndex(cursor.index())
                .setOrdinal(cursor.ordinal())
                .build();
    }

    static Cursor core(StoredCursor stored) {
        return new Cursor(stored.getIndex(), stored.getOrdinal());
    }

    static StoredGap stored(Gap gap) {
        return StoredGap.newBuilder()
                .setFrom(stored(gap.from()))
                .setTo(stored(gap.to()))
                .setDropped(gap.dropped())
                .build();
    }

    static Gap core(StoredGap stored) {
        return new Gap(core(stored.getFrom()), core(stored.getTo()), stored.getDropped());
    }

    static StoredSettings stored(Settings settings) {
        return StoredSettings.newBuilder()
                .setLease(settings.leaseMillis())
                .setIdle(settings.idleMillis())
                .setStale(settings.staleMillis())
                .setLaunchGrace(settings.launchGraceMillis())
                .setTtl(settings.ttlMillis())
                .setPermits(settings.permits())
                .setSessions(settings.sessions())
                .setGrants(settings.grants())
                .setGrantsPerSession(settings.grantsPerSession())
                .setBacklog(settings.backlog())
                .setEndedKeptMillis(settings.endedKeptMillis())
                .setEndedKept(settings.endedKept())
                .build();
    }

    static Settings core(StoredSettings stored) {
        return new Settings(
                stored.getLease(),
                stored.getIdle(),
                stored.getStale(),
                stored.getLaunchGrace(),
                stored.getTtl(),
                stored.getPermits(),
                stored.getSessions(),
                stored.getGrants(),
                stored.getGrantsPerSession(),
                stored.getBacklog(),
                stored.getEndedKeptMillis(),
                stored.getEndedKept());
    }

    static StoredChange stored(Published published) {
        StoredChange.Builder stored = StoredChange.newBuilder().setAt(stored(published.at()));
        switch (published.change()) {
            case Change.OfSession change -> stored.setSession(stored(change));
            case Change.OfGrant change -> stored.setGrant(stored(change));
        }
        return stored.build();
    }

    private static StoredSessionChange stored(Change.OfSession change) {
        return StoredSessionChange.newBuilder()
                .setSession(change.session())
                .setIncarnation(change.incarnation())
                .setProfile(stored(change.profile()))
                .setReason(Constants.stored(change.reason()))
                .setWall(change.wall())
                .build();
    }

    private static StoredGrantChange stored(Change.OfGrant change) {
        return StoredGrantChange.newBuilder()
                .setKind(Constants.stored(change.kind()))
                .setName(change.name())
                .setSession(change.session())
                .setIncarnation(change.incarnation())
                .setHolder(change.holder())
                .setToken(change.token())
                .setReason(Constants.stored(change.reason()))
                .setDeadlineWall(change.deadlineWall())
                .setWall(change.wall())
                .setBy(change.by())
                .setWhy(change.why())
                .build();
    }

    static Published core(StoredChange stored) {
        Change change = switch (stored.getChangeCase()) {
            case SESSION -> core(stored.getSession());
            case GRANT -> core(stored.getGrant());
            case CHANGE_NOT_SET -> throw new UnreadableException("a change of a later version");
        };
        return new Published(core(stored.getAt()), change);
    }

    private static Change core(StoredSessionChange stored) {
        return new Change.OfSession(
                stored.getSession(),
                stored.getIncarnation(),
                core(stored.getProfile()),
                Constants.core(stored.getReason()),
                stored.getWall());
    }

    private static Change core(StoredGrantChange stored) {
        return new Change.OfGrant(
                Constants.core(stored.getKind()),
                stored.getName(),
                stored.getSession(),
                stored.getIncarnation(),
                stored.getHolder(),
                stored.getToken(),
                Constants.core(stored.getReason()),
                stored.getDeadlineWall(),
                stored.getWall(),
                stored.getBy(),
                stored.getWhy());
    }
}
