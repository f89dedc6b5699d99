@NullMarked
package dev.homeroom.client.lock;

import org.jspecify.annotations.NullMarked;
