/**
 * How far a database's schema has come, found out in one place, so that health, gate and views can never disagree. Only
 * reads. May use {@code database}, {@code job} and {@code backup}; {@code web} and {@code health} use it.
 */
@NullMarked
package dev.belay.state;

import org.jspecify.annotations.NullMarked;
