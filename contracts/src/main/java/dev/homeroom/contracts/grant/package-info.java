/** What the coordinator tells of grants. */
@NullMarked
package dev.homeroom.contracts.grant;

import org.jspecify.annotations.NullMarked;
