package dev.homeroom.queue.http;

import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.insight.Freshness;
import java.util.Map;

/** Holders for people who look on. */
final class Coloured {
    private Coloured() {}

    /** A holder as every conflict shows it, and the colour of its heartbeat where its age is known. */
    static Map<String, Object> view(Holder holder) {
        var view = Answers.view(holder);
        var age = holder.heartbeatAge();
        if (age != null) {
            view.put("heartbeatColour", Freshness.of(age).word());
        }
        return view;
    }
}
