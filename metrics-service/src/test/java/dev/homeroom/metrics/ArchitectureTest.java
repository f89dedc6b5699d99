package dev.homeroom.metrics;

import dev.homeroom.platform.arch.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theCoreIsPureAndAdaptersDoNotKnowEachOther() {
        ArchitectureRules.check("dev.homeroom.metrics");
    }
}
