/**
 * Backups: the archive with its manifest and fingerprint, and the proof that a restored copy is equal. Its two steps are
 * the first of every job that changes a database. May use {@code problem}, {@code postgres}, {@code catalog},
 * {@code database}, {@code scratch}, {@code job} and {@code run}.
 */
@NullMarked
package dev.belay.backup;

import org.jspecify.annotations.NullMarked;
