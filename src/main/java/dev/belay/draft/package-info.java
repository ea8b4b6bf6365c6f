/**
 * Drafts: new migration files, written for a person to review, proven on copies without rows, and neither put into the
 * project nor applied. One {@link dev.belay.draft.Author} a kind. May use {@code review}, {@code script}, {@code backup} and
 * what those may use.
 */
@NullMarked
package dev.belay.draft;

import org.jspecify.annotations.NullMarked;
