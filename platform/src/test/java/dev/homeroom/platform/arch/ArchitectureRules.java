package dev.homeroom.platform.arch;

import static com.tngtech.archunit.core.importer.ImportOption.Predefined.DO_NOT_INCLUDE_JARS;
import static com.tngtech.archunit.core.importer.ImportOption.Predefined.DO_NOT_INCLUDE_TESTS;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of structure. Each service has one test that says {@code ArchitectureRules.check("dev.homeroom.queue")}; it
 * fails with every breach, each in one line.
 */
public final class ArchitectureRules {
    private static final Set<String> ADAPTERS = Set.of(
            "raft", "postgres", "kafka", "http", "grpc", "ws", "sse", "mcp", "web", "rest", "health", "schedule");
    private static final Set<String> FORBIDDEN_NAMES =
            Set.of("service", "impl", "dto", "mapper", "util", "utils", "common", "helper", "misc");

    private final String root;
    private final JavaClasses classes;
    private final Set<String> breaches = new TreeSet<>();

    private ArchitectureRules(String root, JavaClasses classes) {
        this.root = root;
        this.classes = classes;
    }

    /**
     * Checks the main classes below a root package.
     *
     * @throws AssertionError that lists every breach
     */
    public static void check(String root) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(DO_NOT_INCLUDE_TESTS)
                .withImportOption(DO_NOT_INCLUDE_JARS)
                .importPackages(root);
        Set<String> breaches = breaches(root, classes);
        if (!breaches.isEmpty()) {
            throw new AssertionError("The structure is broken:\n  " + String.join("\n  ", breaches));
        }
    }

    /** Every breach below a root package, one line each. */
    static Set<String> breaches(String root, JavaClasses classes) {
        ArchitectureRules rules = new ArchitectureRules(root, classes);
        if (rules.classes.isEmpty()) {
            rules.breaches.add("there are no classes in " + root);
        }
        for (JavaClass each : rules.classes) {
            if (!isGenerated(each)) {
                rules.checkNames(each);
                rules.checkNullness(each);
                rules.checkCore(each);
                rules.checkAdapters(each);
                Manners.breaches(each).forEach(rules.breaches::add);
            }
        }
        return rules.breaches;
    }

    private void checkNames(JavaClass each) {
        for (String segment : segments(each)) {
            if (FORBIDDEN_NAMES.contains(segment)) {
                breaches.add("package " + each.getPackageName() + " says nothing: name it after what it is about");
            }
        }
    }

    private void checkNullness(JavaClass each) {
        if (!each.getPackage().isAnnotatedWith(NullMarked.class)) {
            breaches.add("package " + each.getPackageName() + " is not @NullMarked");
        }
    }

    private void checkCore(JavaClass each) {
        if (!isCore(each)) {
            return;
        }
        each.getDirectDependenciesFromSelf().forEach(dependency -> {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (!isCore(target) && !Purity.allows(target)) {
                breaches.add("core is not pure: " + dependency.getDescription());
            }
        });
        for (JavaCodeUnit unit : each.getCodeUnits()) {
            unit.getMethodCallsFromSelf().stream()
                    .filter(call -> Purity.isImpure(call.getTarget()))
                    .forEach(call -> breaches.add("core is not pure: " + call.getDescription()));
        }
    }

    private void checkAdapters(JavaClass each) {
        String own = adapterOf(each);
        if (own.isEmpty()) {
            return;
        }
        each.getDirectDependenciesFromSelf().forEach(dependency -> {
            String other = adapterOf(dependency.getTargetClass().getBaseComponentType());
            if (!other.isEmpty() && !other.equals(own)) {
                breaches.add("adapter " + own + " knows adapter " + other + ": " + dependency.getDescription());
            }
        });
    }

    private boolean isCore(JavaClass each) {
        return segments(each).contains("core");
    }

    private String adapterOf(JavaClass each) {
        return segments(each).stream().filter(ADAPTERS::contains).findFirst().orElse("");
    }

    /** The parts of the package name below the root; none for classes elsewhere. */
    private List<String> segments(JavaClass each) {
        String name = each.getPackageName();
        return name.startsWith(root + ".")
                ? new ArrayList<>(List.of(name.substring(root.length() + 1).split("\\.")))
                : List.of();
    }

    /** Stubs that the build generates from a versioned Protobuf package, such as {@code dev.homeroom.coordinator.v1}. */
    private static boolean isGenerated(JavaClass each) {
        String name = each.getPackageName();
        return name.substring(name.lastIndexOf('.') + 1).matches("v\\d+");
    }
}
