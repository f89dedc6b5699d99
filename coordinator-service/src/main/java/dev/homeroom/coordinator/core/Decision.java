package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;

/** What a command comes to: the events that change the state, and the answer once they have. */
record Decision(List<Event> events, Answer answer) {
    static Decision of(Answer answer) {
        return new Decision(List.of(), answer);
    }

    static Decision of(Event event, Answer answer) {
        return new Decision(List.of(event), answer);
    }

    static Decision reject(Rejection rejection) {
        return new Decision(List.of(), new Answer.Rejected(rejection));
    }

    static Decision reject(Rejection.Reason reason, String detail) {
        return reject(Rejection.of(reason, detail));
    }

    Decision and(Event last) {
        List<Event> all = new ArrayList<>(events.size() + 1);
        all.addAll(events);
        all.add(last);
        return new Decision(all, answer);
    }
}
