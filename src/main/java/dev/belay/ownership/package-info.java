/**
 * Which module's scripts made which table, view, function or type of a database, and where one module uses what another has
 * made although belay.yaml does not say that it depends on it. May use {@code scope}, {@code trace} and what those may use.
 */
@NullMarked
package dev.belay.ownership;

import org.jspecify.annotations.NullMarked;
