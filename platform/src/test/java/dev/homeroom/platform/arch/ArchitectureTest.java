package dev.homeroom.platform.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String SAMPLE = "dev.homeroom.platform.arch.sample";

    @Test
    void platformKeepsTheRules() {
        ArchitectureRules.check("dev.homeroom.platform");
    }

    @Test
    void everyBreachIsFound() {
        Set<String> breaches = ArchitectureRules.breaches(SAMPLE, new ClassFileImporter().importPackages(SAMPLE));
        assertThat(breaches)
                .anySatisfy(each -> assertThat(each).contains("core is not pure", "java.nio.file.Path"))
                .anySatisfy(each -> assertThat(each).contains("core is not pure", "Instant.now"))
                .anySatisfy(each -> assertThat(each).contains("core is not pure", "kafka.Sender"))
                .anySatisfy(each -> assertThat(each).contains("adapter http knows adapter kafka"))
                .anySatisfy(each -> assertThat(each).contains("sample.util says nothing"))
                .anySatisfy(each -> assertThat(each).contains("sample.util is not @NullMarked"))
                .anySatisfy(each -> assertThat(each).contains("sleeping is no waiting"))
                .anySatisfy(each -> assertThat(each).contains("log instead of printing"));
    }

    @Test
    void anEmptyPackageIsNoSuccess() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ArchitectureRules.check("dev.homeroom.nowhere"));
    }
}
