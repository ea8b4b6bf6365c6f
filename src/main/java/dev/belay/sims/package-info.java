/**
 * The demo of the project sims: nine modules replace an academic structure that five others still point at, step by step as
 * the school's plan has it, from a staging copy to both ways back. May use {@code stage}.
 */
@NullMarked
package dev.belay.sims;

import org.jspecify.annotations.NullMarked;
