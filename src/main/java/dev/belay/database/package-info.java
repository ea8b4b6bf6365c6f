/**
 * What Belay manages: the configured servers and databases, the projects with their modules and scripts, and how far a
 * database's schema history has come. May use {@code problem} and {@code postgres}.
 */
@NullMarked
package dev.belay.database;

import org.jspecify.annotations.NullMarked;
