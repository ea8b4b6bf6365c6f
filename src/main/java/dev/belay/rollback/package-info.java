/**
 * Rollbacks: by the rehearsed undo scripts, in place; and by restoring a backup beside the database and swapping names.
 * Nothing is dropped by either: what an undo takes away is copied first, the database that a restore replaces is kept. May
 * use all packages below it and {@code migration}.
 */
@NullMarked
package dev.belay.rollback;

import org.jspecify.annotations.NullMarked;
