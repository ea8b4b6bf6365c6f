/**
 * The way back by a backup: restored beside the live database, compared with it row by row, and put in its place by a name
 * swap. The replaced database is kept. May use all packages below {@code rollback} but {@code undo}.
 */
@NullMarked
package dev.belay.restore;

import org.jspecify.annotations.NullMarked;
