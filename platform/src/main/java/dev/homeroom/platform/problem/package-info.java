/** What every interface answers with when something is wrong: problem+json of RFC 9457. */
@NullMarked
package dev.homeroom.platform.problem;

import org.jspecify.annotations.NullMarked;
