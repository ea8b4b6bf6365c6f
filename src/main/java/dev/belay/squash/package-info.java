/**
 * Makes one script of the history of a module, and runs a project's scripts from nothing to prove it. May use {@code draft}.
 */
@NullMarked
package dev.belay.squash;

import org.jspecify.annotations.NullMarked;
