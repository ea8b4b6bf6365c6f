package dev.belay.restore;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a restore would leave behind in the database that it replaces.
 *
 * @param tables only those that have something to lose
 * @param notCompared columns that the migration fills anew at each run, so that nobody can tell who wrote what is in them
 * @param writesSeen how many row changes the server had counted in the live database when the comparison began
 */
record Loss(List<TableLoss> tables, List<String> notCompared, long writesSeen) {

    private static final int SHOWN = 12;

    Loss {
        tables = List.copyOf(tables);
        notCompared = List.copyOf(notCompared);
    }

    /**
     * One table.
     *
     * @param written rows that are in the live database and not in the restored one: inserted, or changed, since
     * @param removed rows that are in the restored database and not in the live one: deleted, or changed, since
     */
    record TableLoss(String table, long written, long removed) {}

    boolean isNone() {
        return tables.isEmpty();
    }

    long written() {
        return tables.stream().mapToLong(TableLoss::written).sum();
    }

    long removed() {
        return tables.stream().mapToLong(TableLoss::removed).sum();
    }

    String shown() {
        return (isNone() ? "no row was written since the backup" : counts())
                + (notCompared.isEmpty()
                        ? ""
                        : "; not compared, because the migration fills them anew at each run: "
                                + String.join(", ", notCompared));
    }

    private String counts() {
        String most = tables.stream()
                .sorted(Comparator.comparingLong(TableLoss::written).reversed())
                .limit(SHOWN)
                .map(table -> table.table() + ": " + table.written() + " written, " + table.removed() + " removed")
                .collect(Collectors.joining("; "));
        return written() + " rows written and " + removed() + " rows removed since the backup (" + most + ")";
    }
}
