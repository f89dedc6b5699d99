@NullMarked
package dev.homeroom.platform.erasure;

import org.jspecify.annotations.NullMarked;
