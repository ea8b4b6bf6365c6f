/**
 * The stage on which demos play: servers, the service as a process of its own, its HTTP surface as an orchestrator speaks it,
 * the account on the console and as a report. May use {@code embedded} and {@code postgres}, to start the target's server, and
 * nothing else of Belay.
 */
@NullMarked
package dev.belay.stage;

import org.jspecify.annotations.NullMarked;
