/**
 * The way back in place: the rehearsed undo scripts, each in a transaction that first copies what goes away with it. May use
 * all packages below {@code rollback} but {@code restore}.
 */
@NullMarked
package dev.belay.undo;

import org.jspecify.annotations.NullMarked;
