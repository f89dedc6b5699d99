package dev.homeroom.dashboard;

import dev.homeroom.platform.arch.ArchitectureRules;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    @DisplayName("the core is pure, and adapters do not know each other")
    void keepsTheRules() {
        ArchitectureRules.check("dev.homeroom.dashboard");
    }
}
