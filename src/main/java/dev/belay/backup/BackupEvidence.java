package dev.belay.backup;

import java.util.UUID;

/** Which archive a job made. Kept before the archive is begun, so that a crash leaves nothing that cannot be found. */
public record BackupEvidence(UUID backup) {}
