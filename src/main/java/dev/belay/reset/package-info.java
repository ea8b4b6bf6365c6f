/**
 * Resets of development databases: made anew, or only their rows taken away. May use {@code takeover} and what that may
 * use.
 */
@NullMarked
package dev.belay.reset;

import org.jspecify.annotations.NullMarked;
