/**
 * The audit trail: who did what to which database, and what was denied, written once and never changed. May use
 * {@code access}.
 */
@NullMarked
package dev.belay.trail;

import org.jspecify.annotations.NullMarked;
