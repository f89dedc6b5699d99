package dev.homeroom.queue.testing;

import dev.homeroom.queue.core.AssignAnswer;
import dev.homeroom.queue.core.AssignRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Which tasks were pushed to sessions that have not shown to know of them, and the answers by request id. */
final class Pushes {
    /** One that was pushed. */
    record Pushed(String session, UUID task, long token) {}

    private final TreeMap<Long, Pushed> unheard = new TreeMap<>();
    private final Map<String, AssignAnswer> settled = new HashMap<>();

    /** The first answer to this request, or that of the supplier. */
    AssignAnswer once(AssignRequest request, Supplier<AssignAnswer> first) {
        if (request.requestId() == null) {
            return first.get();
        }
        return settled.computeIfAbsent(request.requestId(), _ -> first.get());
    }

    void push(Pushed one) {
        unheard.put(one.token(), one);
    }

    List<Pushed> to(String session) {
        return unheard.values().stream()
                .filter(one -> one.session().equals(session))
                .toList();
    }

    boolean unheard(long token) {
        return unheard.containsKey(token);
    }

    /** The session knows of it, or it is over. */
    void heard(long token) {
        unheard.remove(token);
    }

    List<Long> tokens() {
        return new ArrayList<>(unheard.keySet());
    }
}
