/**
 * Masking: what becomes of each column when rows are copied to a lower environment, which columns look personal without
 * anybody having said what becomes of them, and the masking itself, set-wise in SQL, with a look afterwards whether it is
 * done. Works on a copy that nobody else can reach. May use {@code problem}, {@code postgres}, {@code catalog}, {@code sql}
 * and {@code database}.
 */
@NullMarked
package dev.belay.masking;

import org.jspecify.annotations.NullMarked;
