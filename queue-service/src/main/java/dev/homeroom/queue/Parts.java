package dev.homeroom.queue;

import dev.homeroom.queue.claim.Bell;
import dev.homeroom.queue.claim.Claim;
import dev.homeroom.queue.claim.ClaimDesk;
import dev.homeroom.queue.claim.ClaimRound;
import dev.homeroom.queue.claim.Exhausted;
import dev.homeroom.queue.claim.TokenFloor;
import dev.homeroom.queue.claim.WaitingRoom;
import dev.homeroom.queue.coalesce.Coalescer;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.finish.FinishDesk;
import dev.homeroom.queue.finish.Releases;
import dev.homeroom.queue.repair.Repairs;
import dev.homeroom.queue.repair.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Puts the queue together on a store and an authority; the same in the service and in its tests.
 *
 * @param queue what can be done with tasks
 * @param waiting claims that wait
 * @param releases claims on their way back to the coordinator
 * @param floor the tokens that may not be issued again
 * @param sweep compares rows and grants
 * @param repairs what the sweep repaired
 * @param bell wakes claims that wait
 */
public record Parts(
        TaskQueue queue,
        WaitingRoom waiting,
        Releases releases,
        TokenFloor floor,
        Sweep sweep,
        Repairs repairs,
        Bell bell) {
    /** Two sets of at most 200 at once, and twenty times as much waiting (measured; see {@link Coalescer.Bounds}). */
    static final Coalescer.Bounds LANE = new Coalescer.Bounds(200, 2, 8_000);

    /** With the timing of production. */
    public static Parts of(TaskStore store, GrantAuthority authority) {
        return of(store, authority, Sweep.UNDER_WAY, Sweep.GRACE);
    }

    /** With another timing of the sweep. */
    public static Parts of(TaskStore store, GrantAuthority authority, Duration underWay, Duration grace) {
        var bell = new Bell();
        var releases = new Releases(authority, _ -> bell.ring());
        var floor = new TokenFloor(store, authority);
        var round = new ClaimRound(store, authority, releases::add, floor, new Exhausted(System::nanoTime));
        var claims = new ClaimDesk(store, round, LANE);
        var finishes = new FinishDesk(
                store,
                authority,
                releases::add,
                () -> ThreadLocalRandom.current().nextDouble(),
                LANE);
        var waiting =
                new WaitingRoom(claims, store, (claim, tasks) -> handBack(finishes, claim, tasks), System::nanoTime);
        bell.heardBy(waiting::tick);
        var repairs = new Repairs();
        var sweep = new Sweep(store, authority, repairs, _ -> bell.ring(), underWay, grace);
        var queue = new TaskQueue(store, authority, claims, finishes, waiting, Instant::now, LANE);
        return new Parts(queue, waiting, releases, floor, sweep, repairs, bell);
    }

    /** A recognisable claim is asked for again, and then gets these tasks; the others are free for somebody else. */
    private static void handBack(FinishDesk finishes, Claim claim, List<Task> tasks) {
        if (!claim.request().recognisable()) {
            for (var task : tasks) {
                var hold =
                        new Hold(task.id(), claim.owner().session(), task.hold().token());
                var _ = finishes.finish(hold, new Outcome.Release());
            }
        }
    }
}
