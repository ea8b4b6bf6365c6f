/**
 * The copy of a backup that is kept ready beside its database, so that a restore need not wait for {@code pg_restore}: made
 * before a migration is applied, removed when its time is over. May use {@code backup} and what that may use.
 */
@NullMarked
package dev.belay.standby;

import org.jspecify.annotations.NullMarked;
