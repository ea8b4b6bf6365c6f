/**
 * Runs a scope's scripts against one database, forward and back, and says where one failed. May use {@code scope},
 * {@code run} and what those may use.
 */
@NullMarked
package dev.belay.script;

import org.jspecify.annotations.NullMarked;
