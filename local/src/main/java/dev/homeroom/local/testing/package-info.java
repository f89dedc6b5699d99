/** Quarkus test resources: Kafka, PostgreSQL and tokens for the tests of every module. */
@NullMarked
package dev.homeroom.local.testing;

import org.jspecify.annotations.NullMarked;
