/** The key pair of a local stack and the tokens signed with it. */
@NullMarked
package dev.homeroom.local.token;

import org.jspecify.annotations.NullMarked;
