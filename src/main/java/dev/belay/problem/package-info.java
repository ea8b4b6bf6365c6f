/**
 * What can go wrong, said once: the kinds of problem, the one exception that carries one, and the one shape (RFC 9457)
 * in which HTTP errors and failed jobs tell it, those of the framework too. Uses nothing of Belay; everything may use it.
 */
@NullMarked
package dev.belay.problem;

import org.jspecify.annotations.NullMarked;
