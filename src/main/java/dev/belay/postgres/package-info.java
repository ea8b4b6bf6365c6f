/**
 * All that speaks raw PostgreSQL: addresses and sessions, the client tools as subprocesses, databases and clones, the
 * name swap, locks, and servers that Belay starts itself. The only package that starts processes. May use
 * {@code problem}.
 */
@NullMarked
package dev.belay.postgres;

import org.jspecify.annotations.NullMarked;
