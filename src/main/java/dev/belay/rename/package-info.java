/**
 * Writes scripts that rename a table or a column with everything that is named after it, keep the old names usable, and take
 * them away later. Reads a catalog, changes nothing. May use
 * {@code draft}.
 */
@NullMarked
package dev.belay.rename;

import org.jspecify.annotations.NullMarked;
