/**
 * The demo behind {@code ./belay demo}: a client that shows a migration and its way back, on a database made for it,
 * through the service's HTTP surface alone. May use {@code embedded} and {@code postgres}, to start the school's server,
 * and nothing else of Belay; nothing uses it. It is a program of its own, so it prints, and starts the service.
 */
@NullMarked
package dev.belay.demo;

import org.jspecify.annotations.NullMarked;
