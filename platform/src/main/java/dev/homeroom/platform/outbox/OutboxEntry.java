package dev.homeroom.platform.outbox;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A row of an outbox, ready to be sent.
 *
 * @param at where it stands
 * @param sent what goes to Kafka
 */
record OutboxEntry(Cursor at, ProducerRecord<String, byte[]> sent) {}
