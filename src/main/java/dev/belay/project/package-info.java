/**
 * Projects to read: their modules, how these depend on each other, and which databases use them. May use {@code database} and
 * what that may use.
 */
@NullMarked
package dev.belay.project;

import org.jspecify.annotations.NullMarked;
