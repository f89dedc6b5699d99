package dev.homeroom.local.stack;

import dev.homeroom.local.process.Ports;
import java.util.List;

/** Finds busy ports before anything is started. */
final class PortCheck {
    private PortCheck() {}

    /** Throws a sentence that names every busy port and what it is for. */
    static void require(StackPorts ports) {
        List<String> busy = ports.byUse().entrySet().stream()
                .filter(use -> !Ports.isFree(use.getValue()))
                .map(use -> use.getValue() + " (" + use.getKey() + ")")
                .toList();
        if (!busy.isEmpty()) {
            throw new StackException(
                    StackException.Reason.PORT_BUSY,
                    "something else listens on port " + String.join(", ", busy)
                            + ": stop it, or move Homeroom with --port-base N (it takes " + StackPorts.COUNT
                            + " ports from N on)",
                    null);
        }
    }
}
