/**
 * Where copies of databases are put up for proofs and rehearsals: a private server that Belay starts itself, or a
 * configured one. Everything put up there is marked, so that leftovers are found and nothing else is touched. May use
 * {@code problem}, {@code postgres}, {@code embedded} and {@code database}.
 */
@NullMarked
package dev.belay.scratch;

import org.jspecify.annotations.NullMarked;
