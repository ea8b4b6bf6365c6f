package dev.belay.salvage;

import dev.belay.salvage.Contents.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to become of one row.
 *
 * @param before the row in the backup; null when there is none
 * @param live the row that applications left; null when there is none
 * @param present whether it has to be in the successor
 * @param values the values each of its columns may have there; a column that is not named may have any
 * @param listed whether it has to be among what was salvaged
 * @param touched whether applications wrote it
 */
record Fate(
        @Nullable Row before,
        @Nullable Row live,
        boolean present,
        Map<String, Set<String>> values,
        Listed listed,
        boolean touched) {

    enum Listed {
        NEVER,
        MAY,
        MUST
    }

    /** A row that nobody wrote: as in the backup. */
    static Fate untouched(@Nullable Row before) {
        return new Fate(before, null, before != null, before == null ? Map.of() : only(before), Listed.NEVER, false);
    }

    static Map<String, Set<String>> only(Row row) {
        Map<String, Set<String>> values = new HashMap<>();
        row.values().forEach((column, value) -> values.put(column, Set.of(value)));
        return values;
    }

    /** Why the row found is not what it should be; empty when it is. */
    Optional<String> differs(@Nullable Row found) {
        if (found == null || !present) {
            return found == null == !present
                    ? Optional.empty()
                    : Optional.of(present ? "is missing; should be " + values : "should not be there, but is " + found);
        }
        List<String> wrong = new ArrayList<>();
        values.forEach((column, allowed) -> {
            if (!allowed.contains(found.get(column))) {
                wrong.add(column + " is " + found.get(column) + ", not " + allowed);
            }
        });
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
    }

    /** Whether a row that is listed is at least nothing worse than half merged. */
    boolean tolerable(@Nullable Row found) {
        if (found == null) {
            return before == null;
        }
        if (before == null && !present) {
            return false;
        }
        Row old = before;
        return found.values().entrySet().stream()
                .allMatch(value -> (old != null && old.get(value.getKey()).equals(value.getValue()))
                        || !values.containsKey(value.getKey())
                        || values.getOrDefault(value.getKey(), Set.of()).contains(value.getValue()));
    }
}
