package dev.belay.salvage;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a way back did with everything that applications wrote.
 *
 * @param tables those that were written to
 * @param sequences how many sequences were moved on to where the live ones stand
 * @param notCompared columns that the migration fills with something new each time it runs, so that nobody can tell who wrote
 *     what is in them: they are as in the backup
 * @param staleViews materialised views whose rows are not up to date, because they could not be refreshed
 * @param leftBehind what was written to and cannot be carried, because it is in no table of the application: large objects and
 *     the rows of extensions' tables
 */
@Schema(name = "SalvageReport")
public record SalvageReport(
        List<TableReport> tables,
        int sequences,
        List<String> notCompared,
        List<String> staleViews,
        List<String> leftBehind) {

    /** Of a way back that carried nothing. */
    public static final SalvageReport NOTHING = new SalvageReport(List.of(), 0, List.of(), List.of(), List.of());

    private static final int SHOWN = 12;

    public SalvageReport {
        tables = List.copyOf(tables);
        notCompared = List.copyOf(notCompared);
        staleViews = List.copyOf(staleViews);
        leftBehind = List.copyOf(leftBehind);
    }

    /** How many rows were carried: inserted, updated or deleted. */
    public long carried() {
        return tables.stream().mapToLong(TableReport::carried).sum();
    }

    /** How many rows are kept beside, whole or for some of their values. */
    public long kept() {
        return tables.stream().mapToLong(TableReport::kept).sum();
    }

    /** One line for a person. */
    public String shown() {
        String most = tables.stream()
                .sorted(Comparator.comparingLong(TableReport::carried).reversed())
                .limit(SHOWN)
                .map(TableReport::shown)
                .collect(Collectors.joining("; "));
        if (tables.isEmpty()) {
            return "no row was written since the backup";
        }
        return carried() + " rows carried, " + kept() + " kept in " + SalvageSchema.NAME + " (" + most + ")";
    }
}
