/**
 * An exhaustive small model of the protocol between rows and grants: one task, two sessions, three grants, and every order in
 * which messages between them may be lost, late, repeated or overtaken.
 */
@NullMarked
package dev.homeroom.queue.model;

import org.jspecify.annotations.NullMarked;
