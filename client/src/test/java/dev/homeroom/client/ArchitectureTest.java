package dev.homeroom.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.homeroom.platform.arch.ArchitectureRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final List<String> ALLOWED =
            List.of("java.", "org.jspecify.", "com.fasterxml.", "dev.homeroom.client", "dev.homeroom.contracts");

    @Test
    void theClientKeepsTheRules() {
        ArchitectureRules.check("dev.homeroom.client");
    }

    @Test
    void theClientNeedsNoFramework() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.homeroom.client");
        assertThat(classes.stream()
                        .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(target -> !target.isPrimitive())
                        .map(target -> target.getPackageName())
                        .filter(name -> ALLOWED.stream().noneMatch(name::startsWith)))
                .isEmpty();
    }
}
