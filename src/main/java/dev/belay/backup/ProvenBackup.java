package dev.belay.backup;

import java.time.Instant;
import java.util.UUID;

/**
 * A backup that was restored and found equal, as others see it.
 *
 * @param bytes of the archive on disk
 */
public record ProvenBackup(
        UUID id, UUID job, String database, Instant created, Instant proven, long bytes, int tables, long rows) {}
