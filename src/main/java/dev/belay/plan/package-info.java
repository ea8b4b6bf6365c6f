/**
 * What a migration will do and on what that rests, sealed with a digest that approvals name. May use {@code rehearsal},
 * {@code policy} and what those may use.
 */
@NullMarked
package dev.belay.plan;

import org.jspecify.annotations.NullMarked;
