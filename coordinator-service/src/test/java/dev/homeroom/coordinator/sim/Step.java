package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Applied;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Published;
import dev.homeroom.coordinator.core.State;
import java.util.List;

/**
 * A batch that was applied for the first time anywhere.
 *
 * @param state of the replica that was first, after the batch
 * @param changes it made
 */
record Step(Entry entry, Batch batch, Applied applied, State state, List<Published> changes) {}
