package dev.homeroom.queue.model;

import dev.homeroom.queue.model.World.Field;

/**
 * What becomes of a world once nothing goes wrong any more: what is under way arrives, time passes, the sweep runs. It must come
 * to rest with the task over, or claimed by its live grant, or free to be claimed.
 *
 * @param sessionsDie whether the live grant expires, because its session does not come back
 * @param messagesArrive whether releases and the events of ended grants still arrive; without them it is for the sweep
 */
record Quiet(boolean sessionsDie, boolean messagesArrive) {
    /** The sweeps after which all must be well: the first may see half of what arrives late. */
    private static final int SWEEPS = 2;

    /** Whether it comes to rest. */
    boolean restores(World world, Protocol protocol) {
        var w = Sweeping.idle(world);
        for (int grant = 1; grant <= w.get(Field.GIVEN); grant++) {
            w = protocol.rows().claim(w, grant).world();
        }
        if (sessionsDie) {
            w = w.endLive();
        }
        w = delivered(w, protocol);
        if (w.get(Field.RESTORED) == 1) {
            w = protocol.raised(w);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            w = protocol.sweeping().run(w);
            // What the sweep gives back, it gives back itself.
            w = releases(w);
        }
        return atRest(Protocol.due(w));
    }

    private World delivered(World world, Protocol protocol) {
        var w = messagesArrive ? releases(world) : world.with(Field.RELEASES, 0);
        for (int grant = 1; messagesArrive && grant <= w.get(Field.GIVEN); grant++) {
            if (w.has(Field.ENDED, grant)) {
                w = protocol.rows().ended(w, grant).world();
            }
        }
        return w;
    }

    private static World releases(World world) {
        var w = world;
        for (int grant = 1; grant <= w.get(Field.GIVEN); grant++) {
            if (w.has(Field.RELEASES, grant)) {
                w = Protocol.released(w, grant);
            }
        }
        return w;
    }

    private static boolean atRest(World w) {
        int live = w.get(Field.LIVE);
        if (w.isOver()) {
            return live == 0;
        }
        if (w.isClaimed()) {
            return live != 0 && w.token(live) == w.get(Field.ROW_TOKEN);
        }
        return live == 0
                && w.get(Field.NEXT_TOKEN) > w.get(Field.ROW_TOKEN)
                && w.row().due();
    }
}
