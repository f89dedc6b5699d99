package dev.homeroom.e2e;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;

/**
 * Kills every part once with SIGKILL while the load goes on, one after the other: the next dies when the load has come
 * so far and the one before is back. Cuts the teacher's connection twice in between.
 */
final class Faults implements Callable<Void> {
    private record Fault(double at, String part) {}

    private static final List<Fault> PLAN = List.of(
            new Fault(0.05, "coordinator"),
            new Fault(0.20, "metrics"),
            new Fault(0.35, "kafka"),
            new Fault(0.55, "queue"),
            new Fault(0.70, "dashboard"));
    private static final List<Double> CUTS = List.of(0.30, 0.65);

    private final Whole whole;
    private final StreamClient teacher;
    private DoubleSupplier progress = () -> 1;

    Faults(Whole whole, StreamClient teacher) {
        this.whole = whole;
        this.teacher = teacher;
    }

    /** Where the share of the load that is done (0 to 1) is read. */
    void during(DoubleSupplier share) {
        this.progress = share;
    }

    @Override
    public Void call() {
        int cuts = 0;
        for (Fault fault : PLAN) {
            cuts += cutUpTo(fault.at(), cuts);
            reach(fault.at());
            whole.kill(fault.part());
            whole.awaitBack(fault.part());
        }
        cutUpTo(1, cuts);
        return null;
    }

    private int cutUpTo(double share, int done) {
        int cut = 0;
        while (done + cut < CUTS.size() && CUTS.get(done + cut) <= share) {
            reach(CUTS.get(done + cut));
            teacher.cut();
            cut++;
        }
        return cut;
    }

    private void reach(double share) {
        Patiently.until("the load to reach " + share, progress::getAsDouble, done -> done >= share);
    }
}
