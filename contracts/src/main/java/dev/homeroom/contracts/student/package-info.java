/** Events about students as such. */
@NullMarked
package dev.homeroom.contracts.student;

import org.jspecify.annotations.NullMarked;
