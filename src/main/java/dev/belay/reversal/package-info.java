/**
 * Undo scripts that nobody wrote: made from the difference, by OID and attnum, between one database before and after a
 * script. May use {@code catalog} and {@code postgres}.
 */
@NullMarked
package dev.belay.reversal;

import org.jspecify.annotations.NullMarked;
