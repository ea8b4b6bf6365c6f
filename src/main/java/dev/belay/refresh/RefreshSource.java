package dev.belay.refresh;

import java.util.UUID;

/**
 * The backup whose rows are copied.
 *
 * @param made whether this job has made it, so that it is proven by this job, too
 */
record RefreshSource(UUID backup, boolean made) {}
