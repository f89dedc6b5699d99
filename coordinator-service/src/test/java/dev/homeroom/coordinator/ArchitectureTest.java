package dev.homeroom.coordinator;

import dev.homeroom.platform.arch.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theCoordinatorKeepsTheRules() {
        ArchitectureRules.check("dev.homeroom.coordinator");
    }
}
