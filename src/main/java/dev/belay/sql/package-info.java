/** SQL scripts as text: where one statement ends and the next begins. May use {@code problem} and {@code postgres}. */
@NullMarked
package dev.belay.sql;

import org.jspecify.annotations.NullMarked;
