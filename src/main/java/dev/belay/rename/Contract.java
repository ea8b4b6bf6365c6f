package dev.belay.rename;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.draft.ScriptPair;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The later script that takes the old names of a rename away: whatever a comment says goes with it. */
final class Contract {

    private static final String VIEWS = TableReader.load("contract_views");
    private static final String COLUMNS = TableReader.load("contract_columns");

    private final Connection session;
    private final RenameRequest request;
    private final ScriptPair pair = new ScriptPair();
    private final Around around;
    private final List<String> functions = new ArrayList<>();

    Contract(Connection session, RenameRequest request) {
        this.session = session;
        this.request = request;
        this.around = new Around(session);
    }

    RenameScripts write() throws SQLException {
        String old = request.table() + (request.column() == null ? "" : "." + request.column());
        int found = views() + columns();
        if (found == 0) {
            throw ProblemType.INVALID_REQUEST.because("Nothing keeps the old name " + request.schemaName() + "." + old
                    + ": no view and no column has a comment that ends with \"" + request.mark()
                    + "\". Nothing was written. Apply the rename first, and name it as it was named then.");
        }
        texts();
        pair.remark("Whoever still uses an old name fails from then on. Look into the server's statistics"
                + " (pg_stat_user_tables, pg_stat_statements) or its log first.");
        return new RenameScripts(
                "drop the old names of " + old,
                pair.forward("Takes the old names of " + quote(request.schemaName()) + "." + quote(request.table())
                        + " away, which a rename has kept usable."),
                pair.back("Makes the old names of " + quote(request.schemaName()) + "." + quote(request.table())
                        + " usable again."),
                pair.remarks());
    }

    private int views() throws SQLException {
        int found = 0;
        pair.section("The views under old names");
        try (PreparedStatement query = session.prepareStatement(VIEWS)) {
            query.setString(1, request.mark());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found++;
                    view(row);
                }
            }
        }
        return found;
    }

    private void view(ResultSet row) throws SQLException {
        String view = row.getString("name");
        List<String> users = around.views(row.getLong("oid"));
        if (!users.isEmpty()) {
            pair.remark("These views read " + view + " and keep it from being dropped: " + String.join(", ", users)
                    + ". Define them anew on the new name first.");
        }
        // Backwards the statements of one change come in their own order.
        List<String> back = new ArrayList<>();
        String options = row.getString("options");
        back.add("CREATE VIEW " + view + (options.isEmpty() ? "" : " WITH (" + options + ")") + " AS\n"
                + row.getString("definition").strip().replaceFirst(";$", ""));
        back.add("COMMENT ON VIEW " + view + " IS " + literal(row.getString("comment")));
        back.addAll(grants(row.getLong("oid"), view));
        back.add("ALTER VIEW " + view + " OWNER TO " + row.getString("owner"));
        pair.change("DROP VIEW " + view, String.join(";\n", back));
    }

    private List<String> grants(long view, String name) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement query = session.prepareStatement(TableReader.load("grants"))) {
            query.setLong(1, view);
            query.setLong(2, view);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Grant grant = new Grant(
                            row.getString("privilege"), row.getString("grantee"), row.getBoolean("grantable"));
                    String column = row.getString("column");
                    found.add(column.isEmpty() ? grant.on(name) : grant.on(name, quote(column)));
                }
            }
        }
        return found;
    }

    /** A column under an old name, with what keeps it equal. */
    private record OldColumn(
            long relation, String name, String newName, String comment, List<String> drop, List<String> create) {}

    private int columns() throws SQLException {
        Map<Long, List<OldColumn>> found = new LinkedHashMap<>();
        try (PreparedStatement query = session.prepareStatement(COLUMNS)) {
            query.setString(1, request.mark());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    OldColumn column = column(row);
                    found.computeIfAbsent(column.relation(), table -> new ArrayList<>())
                            .add(column);
                }
            }
        }
        pair.section("The columns under old names");
        for (Map.Entry<Long, List<OldColumn>> entry : found.entrySet()) {
            table(new TableReader(session).read(entry.getKey()), entry.getValue());
        }
        return found.size();
    }

    private OldColumn column(ResultSet row) throws SQLException {
        String function = row.getString("function");
        functions.add(function);
        return new OldColumn(
                row.getLong("relation"),
                row.getString("name"),
                row.getString("new_name"),
                row.getString("comment"),
                List.of(
                        "DROP TRIGGER " + quote(row.getString("trigger")) + " ON " + row.getString("relation_name"),
                        "DROP FUNCTION " + function),
                List.of(
                        row.getString("function_definition").stripTrailing(),
                        "COMMENT ON FUNCTION " + function + " IS " + literal(row.getString("function_comment")),
                        row.getString("trigger_definition")));
    }

    private void table(Table table, List<OldColumn> columns) {
        List<String> drop = new ArrayList<>(List.of("LOCK TABLE " + table.sql() + " IN ACCESS EXCLUSIVE MODE"));
        List<String> create = new ArrayList<>();
        columns.forEach(column -> drop.addAll(column.drop()));
        for (OldColumn column : columns) {
            Column old = table.column(column.name());
            String name = quote(old.name());
            drop.add("ALTER TABLE " + table.sql() + " DROP COLUMN " + name);
            create.add("ALTER TABLE " + table.sql() + "\n    ADD COLUMN " + name + " " + old.type() + old.collation()
                    + " GENERATED ALWAYS AS (" + quote(column.newName()) + ") STORED");
            create.add("ALTER TABLE " + table.sql() + " ALTER COLUMN " + name + " DROP EXPRESSION");
            create.add("COMMENT ON COLUMN " + table.sql() + "." + name + " IS " + literal(column.comment()));
            old.grants().forEach(grant -> create.add(grant.on(table.sql(), name)));
        }
        List<String> names = columns.stream().map(OldColumn::name).toList();
        for (Part part : table.parts()) {
            boolean goes = part.uses().stream().anyMatch(names::contains);
            if (goes && part.kind() == Part.Kind.CONSTRAINT) {
                create.add("ALTER TABLE " + table.sql() + " ADD CONSTRAINT " + quote(part.name()) + " "
                        + part.definition());
            } else if (goes && part.kind() == Part.Kind.INDEX) {
                create.add(part.definition().replaceFirst(" ON ONLY ", " ON "));
            }
        }
        columns.forEach(column -> create.addAll(column.create()));
        pair.change(String.join(";\n", drop), String.join(";\n", create));
        pair.remark("U adds " + String.join(", ", names) + " to " + table.sql()
                + " again and writes that table anew to fill it.");
    }

    private void texts() throws SQLException {
        String name = request.column() == null ? request.table() : request.column();
        List<String> users = new ArrayList<>(around.functionsNaming(name));
        users.removeAll(functions);
        if (!users.isEmpty()) {
            pair.remark("These functions still have " + name + " in their text: " + String.join(", ", users)
                    + ". Change them before V runs, unless something else is meant.");
        }
    }
}
