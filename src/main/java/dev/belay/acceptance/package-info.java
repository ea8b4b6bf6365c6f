/**
 * Acceptance: everything that a project wants asked of its database and its application, asked at once and changing nothing.
 * May use {@code check} and what that may use.
 */
@NullMarked
package dev.belay.acceptance;

import org.jspecify.annotations.NullMarked;
