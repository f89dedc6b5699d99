package dev.homeroom.coordinator.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Carries messages, late, twice, in another order or not at all. */
final class Network {
    private final Schedule schedule;
    private final List<BiPredicate<Party, Party>> cuts = new ArrayList<>();
    private Weather weather;

    Network(Schedule schedule, Weather weather) {
        this.schedule = schedule;
        this.weather = weather;
    }

    void send(Party from, Party to, Message message) {
        if (cut(from, to) || schedule.oneIn(weather.lossOneIn())) {
            schedule.note(from, new Note.Lost(to, message));
            return;
        }
        deliver(from, to, message);
        if (schedule.oneIn(weather.twiceOneIn())) {
            deliver(from, to, message);
        }
    }

    private void deliver(Party from, Party to, Message message) {
        long delay = schedule.oneIn(weather.slowOneIn())
                ? schedule.between(5 * Schedule.MILLI, weather.slowestNanos())
                : schedule.between(Schedule.MILLI / 5, 3 * Schedule.MILLI);
        schedule.after(delay, () -> arrive(from, to, message));
    }

    private void arrive(Party from, Party to, Message message) {
        if (!to.up() || cut(from, to)) {
            schedule.note(from, new Note.Lost(to, message));
        } else if (to.pausedUntil() > schedule.now()) {
            schedule.after(to.pausedUntil() - schedule.now(), to, () -> to.receive(from, message));
        } else {
            to.receive(from, message);
        }
    }

    private boolean cut(Party from, Party to) {
        for (BiPredicate<Party, Party> each : cuts) {
            if (each.test(from, to)) {
                return true;
            }
        }
        return false;
    }

    /** Messages of which this holds get lost for a while. */
    void cut(BiPredicate<Party, Party> which, long nanos) {
        cuts.add(which);
        schedule.after(nanos, () -> cuts.remove(which));
    }

    /** From now on everything arrives. */
    void heal() {
        cuts.clear();
        weather = Weather.FINE;
    }
}
