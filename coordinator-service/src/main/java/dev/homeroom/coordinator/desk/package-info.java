/**
 * The one application interface under HTTP and gRPC: who may ask how much, waits that outlive their command, tries that
 * are repeated, reads of this replica's own copy. It knows no protocol.
 */
@NullMarked
package dev.homeroom.coordinator.desk;

import org.jspecify.annotations.NullMarked;
