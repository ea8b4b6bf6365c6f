/**
 * The demo of the project madaris: a core table is renamed under a running application, and renamed back, both ways. May use
 * {@code stage}.
 */
@NullMarked
package dev.belay.madaris;

import org.jspecify.annotations.NullMarked;
