/** The one shape of JSON on every HTTP interface. */
@NullMarked
package dev.homeroom.platform.json;

import org.jspecify.annotations.NullMarked;
