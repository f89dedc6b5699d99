package dev.homeroom.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    /** Every path of design §7 with its owner. */
    private static final Map<Owner, List<String>> SURFACE = Map.of(
            Owner.COORDINATOR,
                    List.of(
                            "/api/sessions",
                            "/api/sessions/s-1",
                            "/api/sessions/s-1/heartbeat",
                            "/api/sessions/heartbeats",
                            "/api/sessions/available",
                            "/api/locks",
                            "/api/locks/src%2Fmain/acquire",
                            "/api/locks/acquire-all",
                            "/api/claims/task%2F1/renew",
                            "/api/limits/host%3Aexample.org",
                            "/api/affinities/1",
                            "/api/audit"),
            Owner.QUEUE,
                    List.of(
                            "/api/tasks",
                            "/api/tasks/batch",
                            "/api/tasks/claim",
                            "/api/tasks/1/complete",
                            "/api/tasks/1/why",
                            "/api/tasks/stats",
                            "/api/lessons/l1",
                            "/mcp"),
            Owner.METRICS,
                    List.of(
                            "/api/metrics",
                            "/xapi/statements",
                            "/caliper",
                            "/homeroom.js",
                            "/ws/classrooms",
                            "/stream/classrooms"),
            Owner.DASHBOARD,
                    List.of(
                            "/",
                            "/fleet",
                            "/favicon.ico",
                            "/assets/app.js",
                            "/api/classroom/c1/metrics",
                            "/api/classroom/c1/alerts",
                            "/api/classroom/c1/alert-changes",
                            "/api/students/s1/frustration",
                            "/api/alerts/a1/acknowledge",
                            "/api/interventions",
                            "/api/ratings"));

    @Test
    void everyPathOfTheSurfaceHasItsOwner() {
        SURFACE.forEach((owner, paths) -> assertThat(paths)
                .allSatisfy(path -> assertThat(Routes.target(path)).contains(new Routes.Target(owner, path))));
    }

    @Test
    void noPrefixHasTwoOwners() {
        Map<String, Long> counts =
                Routes.TABLE.stream().collect(Collectors.groupingBy(Routes.Route::prefix, Collectors.counting()));
        assertThat(counts.values()).containsOnly(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/unknown",
                "/api/tasksandmore",
                "/q/metrics",
                "/figures/students/1",
                "/ws/../figures/students/1",
                "/ws/%2e%2E/figures",
                "/./q/metrics",
                "/-/queue/api/tasks",
                "/-/nobody/q/health",
                "/-/queue",
                "no-slash"
            })
    void whatNobodyOwnsGoesNowhere(String path) {
        assertThat(Routes.target(path)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"coordinator,COORDINATOR", "queue,QUEUE", "metrics,METRICS", "dashboard,DASHBOARD"})
    void theOperationsOfOneServiceHaveTheirOwnPrefix(String id, Owner owner) {
        assertThat(Routes.target("/-/" + id + "/q/health/ready")).contains(new Routes.Target(owner, "/q/health/ready"));
    }
}
