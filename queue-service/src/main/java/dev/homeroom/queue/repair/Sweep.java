package dev.homeroom.queue.repair;

import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.ClaimedRow;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.TaskStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares the claimed rows with the coordinator's grants: rows first, <em>then</em> grants. A row claimed before the
 * grants were read had its grant before, so a grant that is missing has ended (or the task was finished, which the guard
 * sees). The other order would take every claim made in between for an orphan. Makes recovery independent of Kafka.
 */
public final class Sweep {
    /** A grant younger than this may still be on its way into its row. */
    public static final Duration UNDER_WAY = Duration.ofSeconds(5);

    /** How long a suspicious row may still be put right by the event that is on its way, before it counts as a repair. */
    public static final Duration GRACE = Duration.ofSeconds(1);

    private static final int PAGE = 1_000;

    private final TaskStore store;
    private final GrantAuthority authority;
    private final Repairs repairs;
    private final Consumer<List<UUID>> back;
    private final Duration underWay;
    private final Executor afterGrace;

    /**
     * @param back hears which tasks went back to pending
     * @param underWay see {@link #UNDER_WAY}
     * @param grace see {@link #GRACE}
     */
    public Sweep(
            TaskStore store,
            GrantAuthority authority,
            Repairs repairs,
            Consumer<List<UUID>> back,
            Duration underWay,
            Duration grace) {
        this.store = store;
        this.authority = authority;
        this.repairs = repairs;
        this.back = back;
        this.underWay = underWay;
        this.afterGrace = CompletableFuture.delayedExecutor(grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One sweep; fails when the database or the coordinator cannot be asked, and is then simply made again later. */
    public CompletionStage<Void> run() {
        return rows(0, new ArrayList<>())
                .thenCompose(rows -> grants(null, new ArrayList<>()).thenCompose(grants -> compare(rows, grants)));
    }

    private CompletionStage<List<ClaimedRow>> rows(long after, List<ClaimedRow> all) {
        return store.claimed(after, PAGE).thenCompose(page -> {
            all.addAll(page);
            return page.size() < PAGE
                    ? CompletableFuture.completedFuture(all)
                    : rows(page.getLast().token(), all);
        });
    }

    private CompletionStage<List<HeldTask>> grants(@Nullable String after, List<HeldTask> all) {
        return authority.list(after, PAGE, Duration.ZERO).thenCompose(page -> {
            all.addAll(page.items());
            return page.next() == null ? CompletableFuture.completedFuture(all) : grants(page.next(), all);
        });
    }

    private CompletionStage<Void> compare(List<ClaimedRow> rows, List<HeldTask> grants) {
        Map<UUID, Long> granted = new HashMap<>();
        grants.forEach(g -> granted.put(g.task(), g.token()));
        Map<UUID, Long> claimed = new HashMap<>();
        rows.forEach(r -> claimed.put(r.task(), r.token()));
        var lost = rows.stream()
                .filter(r -> !Long.valueOf(r.token()).equals(granted.get(r.task())))
                .toList();
        var strays = grants.stream()
                .filter(g -> !Long.valueOf(g.token()).equals(claimed.get(g.task())))
                .toList();
        return repairRows(lost).thenCompose(_ -> repairGrants(strays));
    }

    private CompletionStage<Void> repairRows(List<ClaimedRow> lost) {
        if (lost.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        var ends = lost.stream()
                .map(r -> new GrantEnd(r.task(), r.token(), Cause.REPAIRED, "the grant is gone"))
                .toList();
        return CompletableFuture.supplyAsync(() -> ends, afterGrace)
                .thenCompose(all -> Unlocked.only(all, store::grantsEnded))
                .thenAccept(repaired -> {
                    repairs.rows(repaired.size());
                    back.accept(repaired);
                });
    }

    /** Only those that are old enough: the coordinator tells which, for it is its clock that counts. */
    private CompletionStage<Void> repairGrants(List<HeldTask> strays) {
        if (strays.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return old(null, new HashMap<>()).thenCompose(old -> {
            var orphans = strays.stream()
                    .filter(g -> Long.valueOf(g.token()).equals(old.get(g.task())))
                    .toList();
            return orphans.isEmpty() ? CompletableFuture.completedFuture(null) : fence(orphans);
        });
    }

    private CompletionStage<Map<UUID, Long>> old(@Nullable String after, Map<UUID, Long> all) {
        return authority.list(after, PAGE, underWay).thenCompose(page -> {
            page.items().forEach(g -> all.put(g.task(), g.token()));
            return page.next() == null ? CompletableFuture.completedFuture(all) : old(page.next(), all);
        });
    }

    private CompletionStage<Void> fence(List<HeldTask> orphans) {
        return Unlocked.only(orphans, store::fence)
                .thenCompose(fenced -> store.calledOff(fenced).thenCompose(off -> {
                    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
                    for (int from = 0; from < fenced.size(); from += GrantAuthority.MAX_ITEMS) {
                        var part = fenced.subList(from, Math.min(fenced.size(), from + GrantAuthority.MAX_ITEMS));
                        all = all.thenCompose(_ -> authority.release(part.stream()
                                        .map(held -> hold(held, off))
                                        .toList()))
                                .thenAccept(repairs::grants);
                    }
                    return all.thenAccept(
                            _ -> back.accept(fenced.stream().map(HeldTask::task).toList()));
                }));
    }

    /** Who holds what was called off has to be told, even if the replica that called it off is gone. */
    private static Hold hold(HeldTask held, Set<UUID> calledOff) {
        return calledOff.contains(held.task()) ? held.hold().calledOff() : held.hold();
    }
}
