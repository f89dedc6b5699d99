/** Child processes that do not outlive their parent, their bounded logs, and ports. */
@NullMarked
package dev.homeroom.local.process;

import org.jspecify.annotations.NullMarked;
