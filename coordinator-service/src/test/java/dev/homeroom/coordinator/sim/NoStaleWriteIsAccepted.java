package dev.homeroom.coordinator.sim;

import java.util.HashMap;
import java.util.Map;

/** What a fenced resource accepts comes from holders in the order of their grants; a token speaks for one owner (R-L1). */
final class NoStaleWriteIsAccepted extends Invariant {
    private final Map<Long, String> writers = new HashMap<>();

    @Override
    void accepted(Message.Write write, Chart chart) {
        Chart.Held held = chart.everHeld(write.token());
        must(held != null && held.owner().equals(write.owner()), write + " was accepted, but " + held + " was granted");
        String writer = writers.putIfAbsent(write.token(), write.owner());
        must(writer == null || writer.equals(write.owner()), write + " was accepted after one of " + writer);
    }
}
