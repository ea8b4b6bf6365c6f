package dev.belay.rename;

import dev.belay.draft.ScriptPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a person has to know of a table's rename, because no script can see to it. */
final class TableRemarks {

    private final Around around;
    private final RenameRequest request;
    private final ScriptPair pair;

    TableRemarks(Connection session, RenameRequest request, ScriptPair pair) {
        this.around = new Around(session);
        this.request = request;
        this.pair = pair;
    }

    void about(Table table, List<ColumnPlan.Follow> links) throws SQLException {
        List<Table> renamed = new ArrayList<>(List.of(table));
        links.forEach(link -> renamed.add(link.table()));
        if (request.keepsOldNames()) {
            limits(table);
        }
        for (Table one : renamed) {
            texts(one);
        }
        for (ColumnPlan.Follow link : links) {
            triggers(link);
        }
        List<String> views = around.views(table.oid());
        if (!views.isEmpty()) {
            pair.note("These views follow the table by themselves and keep their own names and columns: "
                    + String.join(", ", views) + ".");
        }
        List<String> partitions = around.partitions(table.oid());
        if (!partitions.isEmpty()) {
            pair.note("Partitions and tables that inherit from it keep their names: " + String.join(", ", partitions)
                    + ".");
        }
        List<String> publications = around.publications(table.oid());
        if (!publications.isEmpty()) {
            pair.remark(
                    "The table is published by " + String.join(", ", publications) + ". A subscriber looks for a table"
                            + " of the same name: rename it there too, or replication of it stops.");
        }
    }

    private void limits(Table table) {
        pair.remark(
                "The old name is a view. What PostgreSQL cannot do through it: TRUNCATE; COPY to or from it (COPY of a"
                        + " query from it works); ON CONFLICT ON CONSTRAINT (ON CONFLICT with columns works); MERGE before"
                        + " PostgreSQL 17; foreign keys, indexes, triggers of row kind and constraints on it; GROUP BY its key alone"
                        + " with other columns selected, which Django's annotate() writes; the system columns (ctid, xmin, tableoid);"
                        + " pg_get_serial_sequence of it.");
        List<String> sequences = table.parts().stream()
                .filter(part -> part.kind() == Part.Kind.SEQUENCE)
                .map(Part::name)
                .toList();
        if (!sequences.isEmpty()) {
            pair.limit("Nothing stands in for the old names of sequences (" + String.join(", ", sequences)
                    + "), indexes and constraints: code that names them has to change at the same moment.");
        }
        pair.note("To a trigger the table has its new name (TG_TABLE_NAME), whichever name a statement used.");
    }

    private void texts(Table table) throws SQLException {
        TreeSet<String> functions = new TreeSet<>(around.functionsNaming(table.name()));
        for (Part part : table.parts()) {
            if (part.kind() == Part.Kind.SEQUENCE) {
                functions.addAll(around.functionsNaming(part.name()));
            }
        }
        if (!functions.isEmpty()) {
            pair.remark(
                    "These functions have " + table.name() + " or its sequence in their text, which PostgreSQL does not"
                            + " rename: " + String.join(", ", functions) + ". "
                            + (request.keepsOldNames()
                                    ? "They reach the table by its old name until the contract; change them before it."
                                    : "Change them in the same script."));
        }
    }

    private void triggers(ColumnPlan.Follow link) throws SQLException {
        for (String column : link.columns().keySet()) {
            List<String> functions = around.triggersNaming(link.table().oid(), column);
            if (!functions.isEmpty()) {
                pair.remark("These trigger functions of " + link.table().sql() + " have the column " + column
                        + " in their text: " + String.join(", ", functions) + ". Change them in the same script.");
            }
        }
    }
}
