package dev.homeroom.metrics.http;

/**
 * An event that was not taken.
 *
 * @param index its place among the events of the request (blank lines do not count), from 0
 * @param type a problem type
 * @param detail the field, and what is wrong with it
 */
public record Rejected(int index, String type, String detail) {}
