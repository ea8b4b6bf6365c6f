package dev.belay.salvage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of what applications wrote to one table.
 *
 * @param table the live table's written name
 * @param restoredAs its name in the restored database; null when it is not there
 * @param inserted rows that were carried as new ones
 * @param updated rows whose changes were carried
 * @param deleted rows whose deletion was carried
 * @param salvaged how many rows are kept in {@code salvageTable} because they, or some of their values, have no place, by
 *     the reason
 * @param salvageTable null when there are none
 * @param rewritten columns that the migration rewrote: rows inserted since carry only the rewritten value
 * @param defaulted columns that the migration dropped: rows inserted since have their default there
 */
@Schema(name = "SalvagedTable")
public record TableReport(
        String table,
        @Nullable String restoredAs,
        long inserted,
        long updated,
        long deleted,
        Map<String, Long> salvaged,
        @Nullable String salvageTable,
        List<String> rewritten,
        List<String> defaulted) {

    public TableReport {
        salvaged = new LinkedHashMap<>(salvaged);
        rewritten = List.copyOf(rewritten);
        defaulted = List.copyOf(defaulted);
    }

    public long carried() {
        return inserted + updated + deleted;
    }

    public long kept() {
        return salvaged.values().stream().mapToLong(Long::longValue).sum();
    }

    /** This report with what an earlier pass carried; what is kept is what this one found. */
    TableReport after(@Nullable TableReport earlier) {
        return earlier == null
                ? this
                : new TableReport(
                        table,
                        restoredAs,
                        inserted + earlier.inserted,
                        updated + earlier.updated,
                        deleted + earlier.deleted,
                        salvaged,
                        salvageTable,
                        union(rewritten, earlier.rewritten),
                        union(defaulted, earlier.defaulted));
    }

    private static List<String> union(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        more.stream().filter(column -> !some.contains(column)).forEach(all::add);
        return all;
    }

    /** One clause for a person. */
    String shown() {
        return table + ": " + inserted + " inserted, " + updated + " updated, " + deleted + " deleted"
                + (kept() == 0 ? "" : ", " + kept() + " in " + salvageTable);
    }
}
