/**
 * The schema as Belay's own jobs left it, and what differs from that now. May use {@code scope}, {@code run} and what those
 * may use.
 */
@NullMarked
package dev.belay.drift;

import org.jspecify.annotations.NullMarked;
