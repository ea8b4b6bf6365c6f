/**
 * Rollbacks as a resource: chooses between the two ways back. May use {@code undo}, {@code restore} and what they use.
 */
@NullMarked
package dev.belay.rollback;

import org.jspecify.annotations.NullMarked;
