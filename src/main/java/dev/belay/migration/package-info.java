/**
 * Migrations: from the look at what there is to apply, by way of rehearsal, plan and approval, to the apply with its lock discipline and
 * the look at the database afterwards. May use {@code approval} and what that may use.
 */
@NullMarked
package dev.belay.migration;

import org.jspecify.annotations.NullMarked;
