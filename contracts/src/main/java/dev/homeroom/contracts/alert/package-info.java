/** What dashboard-service tells teachers. */
@NullMarked
package dev.homeroom.contracts.alert;

import org.jspecify.annotations.NullMarked;
