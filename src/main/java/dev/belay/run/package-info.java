/**
 * Runs jobs: the queue that wakes a runner for a database, the hold that keeps every other runner off it, the loop over a
 * job's steps, its heartbeat, and the orderly end on shutdown. A feature gives it a {@link dev.belay.run.JobDefinition}.
 * May use {@code problem}, {@code postgres}, {@code database} and {@code job}.
 */
@NullMarked
package dev.belay.run;

import org.jspecify.annotations.NullMarked;
