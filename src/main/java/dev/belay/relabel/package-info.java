/**
 * Re-labels a database whose modules have been squashed: its history tables say what the new scripts say, its schema stays.
 * May use {@code squash} and {@code migration}.
 */
@NullMarked
package dev.belay.relabel;

import org.jspecify.annotations.NullMarked;
