/**
 * Refreshes: a proven backup of one database becomes, masked and migrated, another database of a lower environment. May use
 * {@code takeover}, {@code masking} and what those may use.
 */
@NullMarked
package dev.belay.refresh;

import org.jspecify.annotations.NullMarked;
