@NullMarked
package dev.homeroom.client.time;

import org.jspecify.annotations.NullMarked;
