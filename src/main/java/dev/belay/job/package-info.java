/**
 * The job as a resource: its row with steps, evidence and events, the moves it may make, and the endpoints that every
 * kind of job answers alike. Runs nothing itself. May use {@code problem}.
 */
@NullMarked
package dev.belay.job;

import org.jspecify.annotations.NullMarked;
