/**
 * How much of Belay one caller may take: requests a second, answers that are held, streams, bodies that trickle in. Each
 * replica counts for itself. May use {@code problem}.
 */
@NullMarked
package dev.belay.limit;

import org.jspecify.annotations.NullMarked;
