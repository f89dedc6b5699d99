package dev.homeroom.dashboard.postgres;

import dev.homeroom.dashboard.core.Intervention;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code dashboard.intervention}; it never leaves this package. */
@Entity
@Table(schema = "dashboard", name = "intervention")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class InterventionRow {
    @Id
    UUID id;

    @Column(nullable = false, updatable = false)
    String classroom;

    @Column(nullable = false, updatable = false)
    String student;

    @Column(updatable = false)
    @Nullable
    UUID alert;

    @Column(nullable = false)
    String kind;

    @Nullable
    String note;

    @Column(name = "by_subject", nullable = false, updatable = false)
    String by;

    @Column(name = "request_id", nullable = false, updatable = false)
    UUID requestId;

    @Column(nullable = false, updatable = false)
    Instant at;

    /** For Hibernate. */
    InterventionRow() {}

    static InterventionRow of(Intervention intervention, UUID requestId) {
        var row = new InterventionRow();
        row.id = UUID.fromString(intervention.id());
        row.classroom = intervention.classroom();
        row.student = intervention.student();
        row.alert = intervention.alert() == null ? null : UUID.fromString(intervention.alert());
        row.kind = intervention.kind().word();
        row.note = intervention.note();
        row.by = intervention.by();
        row.requestId = requestId;
        row.at = intervention.at();
        return row;
    }

    Intervention intervention() {
        return new Intervention(
                id.toString(),
                classroom,
                student,
                alert == null ? null : alert.toString(),
                Intervention.Kind.of(kind),
                note,
                by,
                at);
    }
}
