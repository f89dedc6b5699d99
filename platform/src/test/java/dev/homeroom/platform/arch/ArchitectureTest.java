package dev.homeroom.platform.arch;

import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void platformKeepsTheRules() {
        ArchitectureRules.check("dev.homeroom.platform");
    }
}
