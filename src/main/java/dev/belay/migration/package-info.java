/**
 * Migrations: what is to be applied, its rehearsal on a clone of the proven copy, the apply with its lock discipline, and
 * the look at the database afterwards. May use all packages below it: {@code backup}, {@code run}, {@code job},
 * {@code database}, {@code catalog}, {@code postgres}, {@code problem}.
 */
@NullMarked
package dev.belay.migration;

import org.jspecify.annotations.NullMarked;
