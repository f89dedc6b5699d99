/** Side-by-side figures: our services, the references, the same load on both. */
@NullMarked
package dev.homeroom.bench.load;

import org.jspecify.annotations.NullMarked;
