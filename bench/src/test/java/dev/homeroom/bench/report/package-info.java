/** Side-by-side figures: our services, the references, the same load on both. */
@NullMarked
package dev.homeroom.bench.report;

import org.jspecify.annotations.NullMarked;
