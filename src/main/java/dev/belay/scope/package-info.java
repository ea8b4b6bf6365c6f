/**
 * What a job has to do to a database: which scripts of which modules, frozen as they were when it looked; and what counts
 * when two states of a database are compared on its behalf. May use {@code database} and what that may use.
 */
@NullMarked
package dev.belay.scope;

import org.jspecify.annotations.NullMarked;
