/** Tasks, claims and outcomes without any technique: records, rules and the ports that the adapters fill. */
@NullMarked
package dev.homeroom.queue.core;

import org.jspecify.annotations.NullMarked;
