package dev.homeroom.platform.arch;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.TreeSet;

/** What no main code does: sleep, print to the console, log past the one logging API. */
final class Manners {
    private Manners() {}

    static Set<String> breaches(JavaClass each) {
        Set<String> breaches = new TreeSet<>();
        for (JavaAccess<?> access : each.getAccessesFromSelf()) {
            String target = access.getTargetOwner().getFullName() + "."
                    + access.getTarget().getName();
            switch (target) {
                case "java.lang.Thread.sleep" ->
                    breaches.add("sleeping is no waiting, await a signal: " + access.getDescription());
                case "java.lang.System.out", "java.lang.System.err" ->
                    breaches.add("log instead of printing: " + access.getDescription());
                default -> {
                    if (access.getTargetOwner().getPackageName().equals("java.util.logging")) {
                        breaches.add("log by org.jboss.logging: " + access.getDescription());
                    }
                }
            }
        }
        return breaches;
    }
}
