/**
 * The document that describes the API, completed while Belay is built with what holds for many endpoints and is known from the
 * code: who may call, how it can fail, which headers come, which fields are always there, and examples that were really
 * answered. May use {@code access}.
 */
@NullMarked
package dev.belay.openapi;

import org.jspecify.annotations.NullMarked;
