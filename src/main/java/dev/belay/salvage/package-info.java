/**
 * The three-way merge that carries what applications wrote after a backup into a restored copy of it, and the schema
 * {@code belay_salvage}, where what has no home there is kept. Knows databases and nothing of jobs. May use {@code scope}
 * and what that uses.
 */
@NullMarked
package dev.belay.salvage;

import org.jspecify.annotations.NullMarked;
