/**
 * SQL scripts as text: where one statement ends and the next begins, and what a statement says. May use {@code problem}
 * and {@code postgres}.
 */
@NullMarked
package dev.belay.sql;

import org.jspecify.annotations.NullMarked;
