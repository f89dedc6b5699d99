/** The same load on etcd. */
@NullMarked
package dev.homeroom.bench.etcd;

import org.jspecify.annotations.NullMarked;
