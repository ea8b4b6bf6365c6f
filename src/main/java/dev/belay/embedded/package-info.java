/**
 * PostgreSQL servers that Belay starts itself from the machine's own programs: a durable one for its control database,
 * and a scratch one, fast because it may lose everything, in which backups are proven and migrations rehearsed. May use
 * {@code problem} and {@code postgres}.
 */
@NullMarked
package dev.belay.embedded;

import org.jspecify.annotations.NullMarked;
