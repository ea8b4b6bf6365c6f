package dev.belay.backup;

/**
 * How a backup was proven.
 *
 * @param millis how long it took to restore the archive and to compare the copy with the original, in milliseconds
 * @param copyBytes of the copy on disk: what another one would take
 */
public record Proof(long millis, long copyBytes) {}
