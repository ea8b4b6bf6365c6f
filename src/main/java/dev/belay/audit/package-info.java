/**
 * The audit: what the tables hold that a migration touches, what hangs on them, and which rows its own constraints would
 * refuse, all read at one moment. May use {@code scope}, {@code backup} and what those may use.
 */
@NullMarked
package dev.belay.audit;

import org.jspecify.annotations.NullMarked;
