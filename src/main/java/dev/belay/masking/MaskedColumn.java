package dev.belay.masking;

import dev.belay.database.ProjectMasking.Rule;

/**
 * A column with what becomes of it.
 *
 * @param rule its own, or that of the key it points at
 * @param room how long texts, or how large numbers may be in all columns that belong together by foreign keys
 * @param distinct whether values that differ have to stay different
 */
record MaskedColumn(Column column, Rule rule, long room, boolean distinct) {}
