package dev.homeroom.dashboard;

import dev.homeroom.dashboard.core.Level;
import dev.homeroom.dashboard.core.Policy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The settings of dashboard-service, {@code homeroom.dashboard.*}. */
@ConfigMapping(prefix = "homeroom.dashboard")
public interface DashboardSettings {
    /** Whether teachers have their API and page at all; alerts are kept in any case. */
    @WithDefault("true")
    boolean enabled();

    /** When episodes become alerts. */
    @Valid
    Alerts alerts();

    /** How long history is kept. */
    @Valid
    History history();

    /** When episodes become alerts. */
    interface Alerts {
        /** The lowest level that raises an alert. */
        @WithDefault("low")
        Level fromLevel();

        /**
         * How long after an alert was closed the same trouble does not raise another one. A choice of ours: a lesson
         * of 45 minutes then brings at most four alerts of one student.
         */
        @WithDefault("PT10M")
        Duration cooldown();

        /** How often snoozed alerts are looked through. */
        @WithDefault("PT5S")
        Duration wakeEvery();

        /** The same for the core. */
        default Policy policy() {
            return new Policy(fromLevel(), cooldown());
        }
    }

    /** How long history is kept. */
    interface History {
        /** How many days alert changes and closed alerts are kept; a stream that resumes later gets a snapshot. */
        @WithDefault("30")
        @Min(1)
        @Max(366)
        int days();
    }
}
