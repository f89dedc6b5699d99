package dev.homeroom.dashboard.postgres;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The rows of interventions by their id. */
@ApplicationScoped
class InterventionRows implements PanacheRepositoryBase<InterventionRow, UUID> {}
