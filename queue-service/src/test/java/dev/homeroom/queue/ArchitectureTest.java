package dev.homeroom.queue;

import dev.homeroom.platform.arch.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void queueKeepsTheRules() {
        ArchitectureRules.check("dev.homeroom.queue");
    }
}
