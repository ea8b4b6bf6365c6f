/**
 * The review report of a draft or of a pending migration: every change of the schema, and what a person who reads the
 * scripts easily overlooks. May use {@code reversal}, {@code sql} and what those may use.
 */
@NullMarked
package dev.belay.review;

import org.jspecify.annotations.NullMarked;
