/**
 * What a database is: its catalog as text ({@link dev.belay.catalog.CatalogReader}), its rows as counts and hashes
 * ({@link dev.belay.catalog.Fingerprinter}), what a table and a column are across a rename
 * ({@link dev.belay.catalog.Identities}), and what hangs on a table ({@link dev.belay.catalog.RelationsReader}). It
 * only ever reads. What takes a {@code Connection} throws {@code SQLException}; what opens its own sessions throws
 * {@code ProblemException}. May use {@code problem} and {@code postgres}.
 */
@NullMarked
package dev.belay.catalog;

import org.jspecify.annotations.NullMarked;
