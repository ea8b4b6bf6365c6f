/**
 * Where {@code ./belay demo} begins: it tells from the command line which demo is wanted. May use the demos and {@code
 * stage}; nothing uses it.
 */
@NullMarked
package dev.belay.demo;

import org.jspecify.annotations.NullMarked;
