package dev.homeroom.queue.core;

/**
 * A task that was given to a session.
 *
 * @param task the task as it is now
 * @param holder the session that got it
 * @param score why it was that one
 */
public record Assignment(Task task, Holder holder, Score score) {}
