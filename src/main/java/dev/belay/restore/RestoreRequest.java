package dev.belay.restore;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a restore needs of a rollback's request.
 *
 * @param backup null for the one that the last migration began with
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record RestoreRequest(@Nullable UUID backup, boolean acceptLoss, boolean dryRun) {}
