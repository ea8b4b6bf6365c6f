/**
 * Drafts the difference between the live schema and one that is wanted, forward and back. May use {@code draft}.
 */
@NullMarked
package dev.belay.diff;

import org.jspecify.annotations.NullMarked;
