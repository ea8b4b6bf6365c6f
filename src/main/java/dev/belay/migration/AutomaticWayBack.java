package dev.belay.migration;

import java.util.UUID;

/**
 * Kept by a migration that is not what was rehearsed, when the policy is to lead back without asking.
 *
 * @param reversible whether the undo scripts led back in the rehearsal
 * @param backup the migration's own
 */
public record AutomaticWayBack(boolean reversible, UUID backup) {}
