/**
 * What probes read. Live: the process alone. Ready: Belay's own control database, and not shutting down. Started: the
 * control database is migrated and the queue read. The group {@code schema}: the managed databases, which are in none of
 * the others, so that a target's trouble never takes Belay out of service. Only reads; may use all.
 */
@NullMarked
package dev.belay.health;

import org.jspecify.annotations.NullMarked;
