package dev.homeroom.queue;

import dev.homeroom.queue.assign.AssignDesk;
import dev.homeroom.queue.claim.Bell;
import dev.homeroom.queue.claim.BoardKeeper;
import dev.homeroom.queue.claim.Claim;
import dev.homeroom.queue.claim.ClaimDesk;
import dev.homeroom.queue.claim.ClaimRound;
import dev.homeroom.queue.claim.Exhausted;
import dev.homeroom.queue.claim.Finder;
import dev.homeroom.queue.claim.Obstacles;
import dev.homeroom.queue.claim.TokenFloor;
import dev.homeroom.queue.claim.WaitingRoom;
import dev.homeroom.queue.coalesce.Coalescer;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.LessonWeights;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.order.Ageing;
import dev.homeroom.queue.core.order.Board;
import dev.homeroom.queue.core.order.Fairness;
import dev.homeroom.queue.finish.FinishDesk;
import dev.homeroom.queue.finish.Releases;
import dev.homeroom.queue.repair.Repairs;
import dev.homeroom.queue.repair.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Puts the queue together on a store and an authority; the same in the service and in its tests.
 *
 * @param queue what can be done with tasks
 * @param assigning gives tasks to sessions that did not ask
 * @param waiting claims that wait
 * @param releases claims on their way back to the coordinator
 * @param floor the tokens that may not be issued again
 * @param sweep compares rows and grants
 * @param repairs what the sweep repaired
 * @param bell wakes claims that wait
 * @param finder finds what is next
 */
public record Parts(
        TaskQueue queue,
        AssignDesk assigning,
        WaitingRoom waiting,
        Releases releases,
        TokenFloor floor,
        Sweep sweep,
        Repairs repairs,
        Bell bell,
        Finder finder) {
    /** At most 200 at once, twice when there are enough for two, and forty times as much waiting (measured). */
    public static final Coalescer.Bounds LANE = new Coalescer.Bounds(200, 2, 64, 8_000);

    /** A task rises by a level for each five minutes that it waits. */
    static final Ageing AGEING = Ageing.of(Duration.ofMinutes(5));

    /** With the timing of production. */
    public static Parts of(TaskStore store, GrantAuthority authority) {
        return of(store, authority, AGEING, LessonWeights.EQUAL);
    }

    /** With this order, and the timing of production. */
    public static Parts of(TaskStore store, GrantAuthority authority, Ageing ageing, LessonWeights weights) {
        return of(store, authority, ageing, weights, Sweep.UNDER_WAY, Sweep.GRACE);
    }

    /** With another timing of the sweep. */
    public static Parts of(TaskStore store, GrantAuthority authority, Duration underWay, Duration grace) {
        return of(store, authority, AGEING, LessonWeights.EQUAL, underWay, grace);
    }

    private static Parts of(
            TaskStore store,
            GrantAuthority authority,
            Ageing ageing,
            LessonWeights weights,
            Duration underWay,
            Duration grace) {
        var bell = new Bell();
        var exhausted = new Exhausted(System::nanoTime);
        var releases = new Releases(authority, released -> {
            exhausted.released(released);
            bell.freed(released.stream().map(Hold::session).collect(Collectors.toSet()));
        });
        var floor = new TokenFloor(store, authority);
        var board = new Board();
        var keeper = new BoardKeeper(store, board, System::nanoTime, Instant.now());
        var finder = new Finder(store, board, keeper, ageing, new Fairness(weights), exhausted);
        var round = new ClaimRound(store, authority, releases, floor, finder);
        var claims = new ClaimDesk(store, authority, round, finder, keeper, LANE);
        var finishes = new FinishDesk(
                store,
                authority,
                releases::add,
                () -> ThreadLocalRandom.current().nextDouble(),
                LANE);
        var waiting = new WaitingRoom(claims, (claim, tasks) -> handBack(finishes, claim, tasks), System::nanoTime);
        bell.heardBy(waiting::tick, waiting::freed);
        var repairs = new Repairs();
        var sweep = new Sweep(store, authority, repairs, _ -> bell.ring(), underWay, grace);
        var obstacles = new Obstacles(store, authority, finishes::present, Instant::now);
        var queue = new TaskQueue(store, authority, claims, finishes, waiting, keeper, obstacles, LANE);
        var assigning = new AssignDesk(store, authority, releases::add, floor, obstacles);
        return new Parts(queue, assigning, waiting, releases, floor, sweep, repairs, bell, finder);
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
