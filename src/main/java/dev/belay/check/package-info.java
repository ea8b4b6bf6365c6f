/**
 * A project's own questions about its database: checks that have to hold and samples that have to be possible, each asked by
 * itself, with a time limit. May use {@code run} and what that may use.
 */
@NullMarked
package dev.belay.check;

import org.jspecify.annotations.NullMarked;
