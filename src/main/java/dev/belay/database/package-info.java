/**
 * What Belay manages: the configured servers and databases, the projects with their modules and scripts, and how far a
 * database's schema history has come. May use {@code catalog}, {@code sql},
 * {@code policy} and what those may use.
 */
@NullMarked
package dev.belay.database;

import org.jspecify.annotations.NullMarked;
