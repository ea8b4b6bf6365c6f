package dev.belay.job;

import java.util.UUID;

/** Fired inside the transaction that writes a new job's row, so that what queues it commits with it or not at all. */
public record JobSubmitted(UUID jobId, String database) {}
