package dev.homeroom.platform.arch.sample.http;

import dev.homeroom.platform.arch.sample.kafka.Sender;

/** An adapter that knows another. */
public record Resource(Sender sender) {}
