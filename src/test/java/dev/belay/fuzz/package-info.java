/**
 * Every operation of the served OpenAPI document gets thousands of hostile requests over raw sockets, since a well-behaved
 * client refuses to send most of them: whatever comes is answered, refusals are problems, and the databases stay as they are.
 */
@NullMarked
package dev.belay.fuzz;

import org.jspecify.annotations.NullMarked;
