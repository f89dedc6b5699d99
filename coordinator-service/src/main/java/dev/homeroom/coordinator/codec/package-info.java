/** How the core's batches, answers and snapshots become bytes: versioned Protobuf with a checksum for what is kept. */
@NullMarked
package dev.homeroom.coordinator.codec;

import org.jspecify.annotations.NullMarked;
