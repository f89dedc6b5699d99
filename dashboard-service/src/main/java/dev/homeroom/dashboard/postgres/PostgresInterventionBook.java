package dev.homeroom.dashboard.postgres;

import dev.homeroom.dashboard.InterventionBook;
import dev.homeroom.dashboard.core.Intervention;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** The interventions in PostgreSQL, by Hibernate Reactive. To be called on an event loop. */
@ApplicationScoped
public class PostgresInterventionBook implements InterventionBook {
    private static final String REQUEST = "by = ?1 and requestId = ?2";

    private final InterventionRows rows;

    /** Takes the rows. */
    PostgresInterventionBook(InterventionRows rows) {
        this.rows = rows;
    }

    @Override
    public Uni<Intervention> add(Intervention intervention, UUID requestId) {
        return Panache.withTransaction(() -> rows.find(REQUEST, intervention.by(), requestId)
                        .firstResult()
                        .onItem()
                        .ifNull()
                        .switchTo(() -> rows.persistAndFlush(InterventionRow.of(intervention, requestId))))
                // Two of the same request at once: the second finds the first's row.
                .onFailure(ConstraintViolationException.class)
                .recoverWithUni(() -> Panache.withSession(
                        () -> rows.find(REQUEST, intervention.by(), requestId).singleResult()))
                .map(InterventionRow::intervention);
    }

    @Override
    @WithSession
    public Uni<Optional<Intervention>> find(UUID id) {
        return rows.findById(id).map(row -> Optional.ofNullable(row).map(InterventionRow::intervention));
    }

    @Override
    @WithSession
    public Uni<List<Intervention>> list(String classroom, @Nullable String student, @Nullable UUID after, int limit) {
        var query = new StringBuilder("classroom = :classroom");
        var values = new HashMap<String, Object>(Map.of("classroom", classroom));
        if (student != null) {
            query.append(" and student = :student");
            values.put("student", student);
        }
        if (after != null) {
            query.append(" and id < :after");
            values.put("after", after);
        }
        return rows.find(query.append(" order by id desc").toString(), values)
                .page(0, limit)
                .list()
                .map(found -> found.stream().map(InterventionRow::intervention).toList());
    }

    @Override
    public Uni<Optional<Intervention>> change(UUID id, Intervention.Kind kind, @Nullable String note) {
        return Panache.withTransaction(() -> rows.findById(id).map(row -> {
            if (row == null) {
                return Optional.<Intervention>empty();
            }
            row.kind = kind.word();
            row.note = note;
            return Optional.of(row.intervention());
        }));
    }

    @Override
    public Uni<Boolean> remove(UUID id) {
        return Panache.withTransaction(() -> rows.deleteById(id));
    }
}
