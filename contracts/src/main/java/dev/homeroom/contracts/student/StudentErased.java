package dev.homeroom.contracts.student;

import java.time.Instant;

/**
 * A student is to be forgotten. Every service deletes its rows about them and takes no more; it keeps a keyed hash of the name
 * to know by.
 *
 * @param student who (a pseudonym), in all classrooms
 * @param erasedAt since when
 */
public record StudentErased(String student, Instant erasedAt) {}
