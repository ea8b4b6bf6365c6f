/** Where the service starts. Its parts are in the packages below; which may use which, each package says itself. */
@NullMarked
package dev.belay;

import org.jspecify.annotations.NullMarked;
