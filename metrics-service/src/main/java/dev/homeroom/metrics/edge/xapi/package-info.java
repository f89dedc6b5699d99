/** xAPI statements as metric events; the whole mapping in words: docs/metrics-edge.md. Pure. */
@NullMarked
package dev.homeroom.metrics.edge.xapi;

import org.jspecify.annotations.NullMarked;
