package dev.belay.access;

import dev.belay.problem.Problem;

/**
 * A request that was denied before any endpoint was asked.
 *
 * @param how it is known who the caller is, as in {@link Access#how()}
 */
public record Denied(String caller, String how, String method, String path, Problem problem) {}
