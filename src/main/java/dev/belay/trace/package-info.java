/**
 * What scripts did while they ran, statement by statement: observed on the session that ran them, never guessed from their
 * text. May use {@code sql} and {@code catalog}.
 */
@NullMarked
package dev.belay.trace;

import org.jspecify.annotations.NullMarked;
