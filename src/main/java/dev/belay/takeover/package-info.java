/**
 * A database that is made beside a managed one and takes over its name, with all that belongs to the name: owner, grants,
 * limit, settings. For jobs that replace a database by a new one. May use {@code migration} and what that may use.
 */
@NullMarked
package dev.belay.takeover;

import org.jspecify.annotations.NullMarked;
