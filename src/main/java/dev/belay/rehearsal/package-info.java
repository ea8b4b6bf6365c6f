/**
 * Runs a scope's scripts forward, back and forward again on a clone of the proven copy, and says what they do. May use
 * {@code script}, {@code backup} and what those may use.
 */
@NullMarked
package dev.belay.rehearsal;

import org.jspecify.annotations.NullMarked;
