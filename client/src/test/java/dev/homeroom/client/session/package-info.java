@NullMarked
package dev.homeroom.client.session;

import org.jspecify.annotations.NullMarked;
