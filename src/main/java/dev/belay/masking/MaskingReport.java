package dev.belay.masking;

import java.util.List;

/**
 * What was masked: names and numbers, never a value.
 *
 * @param columns those that were masked, in the order of the tables
 * @param waived columns that look personal and were left as they are because the request says so
 * @param tables how many tables they are in
 * @param values how many values were masked in all
 */
public record MaskingReport(List<MaskedValues> columns, List<String> waived, int tables, long values) {

    public MaskingReport {
        columns = List.copyOf(columns);
        waived = List.copyOf(waived);
    }

    /**
     * One column.
     *
     * @param values how many were there that are not NULL
     */
    public record MaskedValues(String table, String column, String rule, long values) {}

    static MaskingReport of(List<MaskedValues> columns, List<String> waived) {
        return new MaskingReport(
                columns,
                waived,
                (int) columns.stream().map(MaskedValues::table).distinct().count(),
                columns.stream().mapToLong(MaskedValues::values).sum());
    }
}
