package dev.homeroom.coordinator.sim;

/** A process: it receives messages, can be paused, and loses its memory when it is restarted. */
abstract class Party {
    private final String name;
    private final Schedule schedule;
    private final Clock clock;
    private int life;
    private boolean up = true;
    private long pausedUntil;

    Party(String name, Schedule schedule) {
        this.name = name;
        this.schedule = schedule;
        this.clock = new Clock(schedule);
    }

    final Schedule schedule() {
        return schedule;
    }

    final Clock clock() {
        return clock;
    }

    final int life() {
        return life;
    }

    final boolean up() {
        return up;
    }

    final long pausedUntil() {
        return pausedUntil;
    }

    /** Stops it for a while; messages wait. Its clocks go on. */
    final void pause(long nanos) {
        schedule.note(this, "paused for " + nanos / Schedule.MILLI + " ms");
        pausedUntil = Math.max(pausedUntil, schedule.now() + nanos);
    }

    final void resume() {
        pausedUntil = 0;
    }

    /** Kills it: nothing that was under way in it goes on. */
    final void kill() {
        if (up) {
            schedule.note(this, "killed");
            up = false;
            life++;
            pausedUntil = 0;
        }
    }

    /** Starts it again after a kill. */
    final void start() {
        if (!up) {
            schedule.note(this, "started");
            up = true;
            started();
        }
    }

    /** Later, unless it is killed before. */
    final void after(long nanos, Runnable what) {
        schedule.after(nanos, this, what);
    }

    /** It begins anew, with what is on its disk. */
    abstract void started();

    /** A message has arrived. */
    abstract void receive(Party from, Message message);

    @Override
    public final String toString() {
        return name;
    }
}
