@NullMarked
package dev.homeroom.client;

import org.jspecify.annotations.NullMarked;
