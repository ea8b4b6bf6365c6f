/**
 * Migrations: from the look at what there is to apply, by way of the rehearsal, to the apply with its lock discipline and
 * the look at the database afterwards. May use {@code rehearsal} and what that may use.
 */
@NullMarked
package dev.belay.migration;

import org.jspecify.annotations.NullMarked;
