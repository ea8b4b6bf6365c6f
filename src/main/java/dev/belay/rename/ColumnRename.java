package dev.belay.rename;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.draft.ScriptPair;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rename of a column. */
final class ColumnRename {

    private final Connection session;
    private final RenameRequest request;
    private final ScriptPair pair = new ScriptPair();
    private final Table table;
    private final String column;
    private final String to;

    ColumnRename(Connection session, RenameRequest request) throws SQLException {
        this.session = session;
        this.request = request;
        this.table = new TableReader(session).require(request.schemaName(), request.table());
        this.column = Objects.requireNonNull(request.column());
        this.to = request.to();
        if (!table.has(column)) {
            throw ProblemType.INVALID_REQUEST.because(
                    table.sql() + " has no column \"" + column + "\". Nothing was written.");
        }
        if (table.has(to)) {
            throw ProblemType.INVALID_REQUEST.because(
                    table.sql() + " has a column \"" + to + "\" already. Nothing was written. Choose another name.");
        }
    }

    RenameScripts write() throws SQLException {
        Map<String, String> columns = Map.of(column, to);
        Taken taken = Taken.in(session);
        taken.add(table);
        pair.section("The lock first: if the table is busy for longer than lock_timeout, nothing was done yet.");
        pair.change("LOCK TABLE " + table.sql() + " IN ACCESS EXCLUSIVE MODE", "");
        pair.section("The column with everything named after it");
        pair.change(
                "ALTER TABLE " + table.sql() + " RENAME COLUMN " + quote(column) + " TO " + quote(to),
                "ALTER TABLE " + table.sql() + " RENAME COLUMN " + quote(to) + " TO " + quote(column));
        new Followers(pair, taken, table.name(), table.name()).follow(table, table.name(), columns);
        note();
        if (request.keepsOldNames()) {
            pair.section("The old name, kept equal by a trigger");
            new KeptColumns(pair, taken, request.mark()).keep(table, columns);
        }
        pair.section("The lock of the way back");
        pair.change("", "LOCK TABLE " + table.sql() + " IN ACCESS EXCLUSIVE MODE");
        remarks();
        return new RenameScripts(
                "rename " + table.name() + " " + column + " to " + to,
                pair.forward("Renames the column " + quote(column) + " of " + table.sql() + " to " + quote(to) + "."
                        + (request.keepsOldNames()
                                ? " The old name stays usable until a later script takes it away."
                                : "")),
                pair.back("Takes the rename of " + table.sql() + "." + quote(column) + " back."),
                pair.remarks());
    }

    private void note() throws SQLException {
        String migration = request.djangoMigration();
        Django django = Django.in(session, table.schema()).orElse(null);
        if (migration != null && django != null) {
            Django.Model model = django.modelOf(table.name()).orElse(null);
            if (model != null) {
                pair.section("Django's own rows");
                django.note(model.app(), migration, "", pair);
            }
        }
    }

    private void remarks() throws SQLException {
        Around around = new Around(session);
        if (request.keepsOldNames()) {
            pair.remark(
                    "Both names can be written: on INSERT either will do, on UPDATE the one that changed wins, and two"
                            + " different values for the two are refused. SELECT * has both columns, and an INSERT without a list of"
                            + " columns still gives its values in the order there was, the old name's last.");
        }
        List<String> functions = around.functionsNaming(column);
        if (!functions.isEmpty()) {
            pair.remark("These functions have the word " + column
                    + " in their text, which PostgreSQL does not rename; it may"
                    + " be another column's: " + String.join(", ", functions) + ". Look at them"
                    + (request.keepsOldNames() ? " before the contract." : " before V runs."));
        }
        List<String> views = around.views(table.oid());
        if (!views.isEmpty()) {
            pair.note("Views of the table keep their columns' names: " + String.join(", ", views) + ".");
        }
        List<String> publications = around.publications(table.oid());
        if (!publications.isEmpty()) {
            pair.remark(
                    "The table is published by " + String.join(", ", publications) + ". A subscriber looks for columns"
                            + " of the same names: change it there first, or replication of it stops.");
        }
    }
}
