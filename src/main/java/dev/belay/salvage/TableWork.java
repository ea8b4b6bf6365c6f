package dev.belay.salvage;

import org.jspecify.annotations.Nullable;

/**
 * What a pass has to do with one live table.
 *
 * @param salvage where rows without a place are kept
 * @param staged the rows to be written; null when none can be
 */
record TableWork(
        String name,
        TablePair pair,
        SalvageTable salvage,
        @Nullable Staged staged) {}
