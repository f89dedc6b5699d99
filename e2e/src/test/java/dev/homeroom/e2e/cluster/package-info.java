/**
 * A real cluster of coordinator processes on this machine whose links, clocks, disks and processes can be disturbed.
 */
@NullMarked
package dev.homeroom.e2e.cluster;

import org.jspecify.annotations.NullMarked;
