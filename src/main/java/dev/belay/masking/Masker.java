package dev.belay.masking;

import dev.belay.catalog.TableName;
import dev.belay.database.ProjectMasking;
import dev.belay.masking.MaskingReport.MaskedValues;
import dev.belay.masking.Structure.Table;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Restores an archive and masks it on the way: after its rows are there, before its indexes, foreign keys and triggers
 * are. So nothing of these has to be kept up or worked around, and PostgreSQL itself proves at the end that keys still
 * hold; what it computes from the rows, such as materialised views, it computes from the masked ones.
 */
public final class Masker {

    private final Parts archive;
    private final Monitor monitor;

    public Masker(Parts archive, Monitor monitor) {
        this.archive = archive;
        this.monitor = monitor;
    }

    /** An archive that can be restored in parts. */
    public interface Parts {

        /** Everything but the rows. */
        void structure(DatabaseAddress empty);

        /** The tables with their rows, without indexes, foreign keys and triggers. */
        void rows(DatabaseAddress empty);

        /** What {@link #rows} left out. */
        void rest(DatabaseAddress withRows);
    }

    /**
     * What becomes of the columns.
     *
     * @param masking the rules
     * @param waived columns that look personal and are left as they are, {@code table.column}
     * @param notMeant tables that are left as they are and not looked into: those of the migrations' history
     */
    public record Wanted(ProjectMasking masking, Set<String> waived, Predicate<TableName> notMeant) {}

    /**
     * Restores and masks.
     *
     * @param empty an empty database for the structure alone
     * @param copy an empty database that becomes the masked copy
     * @throws dev.belay.problem.ProblemException MASKING_INCOMPLETE or MASKING_FAILED
     */
    public MaskingReport mask(DatabaseAddress empty, DatabaseAddress copy, Wanted wanted) throws SQLException {
        archive.structure(empty);
        Structure structure;
        try (Connection session = empty.open()) {
            structure = Structure.read(session, wanted.notMeant());
        }
        MaskingPlan plan = new MaskingPlanner(structure).plan(wanted.masking().rules());
        archive.rows(copy);
        try (MaskingSession session = MaskingSession.open(copy);
                Monitor.Registration registration = monitor.onStop(session::abort)) {
            Objects.requireNonNull(registration);
            List<String> waived = new Unmasked(unmasked(session, structure, plan)).require(wanted.waived());
            List<MaskedTable> masked = new ArrayList<>();
            for (Map.Entry<TableName, List<MaskedColumn>> table : plan.columns().entrySet()) {
                monitor.check();
                monitor.progress((double) masked.size() / plan.columns().size(), "masking " + table.getKey());
                masked.add(session.mask(structure.table(table.getKey()).identity(), table.getValue()));
            }
            archive.rest(copy);
            List<MaskedValues> values = new ArrayList<>();
            for (MaskedTable table : masked) {
                monitor.check();
                values.addAll(table.check());
            }
            return MaskingReport.of(values, waived);
        }
    }

    /** What looks personal, by name or by content, and has no rule. Of partitions the table above speaks. */
    private Map<Column, String> unmasked(MaskingSession session, Structure structure, MaskingPlan plan)
            throws SQLException {
        Map<Column, String> found = new TreeMap<>(
                (one, other) -> one.id().toString().compareTo(other.id().toString()));
        for (Table table : structure.tables().values()) {
            List<Column> readable = new ArrayList<>();
            for (Column column : table.columns()) {
                if (plan.isDecided(column.id()) || hasRuleBelow(structure, plan, column)) {
                    continue;
                }
                Personal.why(column).ifPresent(why -> found.put(spokenFor(structure, column), why));
                if (table.holdsRows() && ContentLook.canRead(column)) {
                    readable.add(column);
                }
            }
            monitor.progress(0, "looking into " + table.name());
            ContentLook.find(session.connection(), table.name(), readable)
                    .forEach((column, why) -> found.putIfAbsent(spokenFor(structure, column), why));
        }
        return found;
    }

    private static boolean hasRuleBelow(Structure structure, MaskingPlan plan, Column column) {
        return !structure.table(column.id().table()).holdsRows()
                && structure.tables().values().stream()
                        .filter(table -> table.ancestors().contains(column.id().table()))
                        .anyMatch(table -> plan.isDecided(
                                new ColumnId(table.name(), column.id().column())));
    }

    private static Column spokenFor(Structure structure, Column column) {
        return structure.table(column.id().table()).ancestors().stream()
                .flatMap(
                        ancestor -> structure.table(ancestor).column(column.id().column()).stream())
                .filter(above -> structure.table(above.id().table()).ancestors().isEmpty())
                .findFirst()
                .orElse(column);
    }
}
