@NullMarked
package dev.homeroom.client.limit;

import org.jspecify.annotations.NullMarked;
