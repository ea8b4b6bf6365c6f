/**
 * Advice: which statements of a migration are hazardous, why, and what to write instead; told from what they did on the
 * rehearsal copy first, and from their text where that cannot tell. May use {@code trace}, {@code sql} and what those may
 * use.
 */
@NullMarked
package dev.belay.rules;

import org.jspecify.annotations.NullMarked;
