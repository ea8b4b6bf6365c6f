package dev.belay.rename;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.draft.ScriptPair;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps the old name of a table usable: as a view of plain columns, which PostgreSQL passes writes on through. */
final class OldView {

    private static final int INVOKER_SINCE = 15;

    private final ScriptPair pair;
    private final String mark;
    private final boolean knowsInvoker;

    OldView(ScriptPair pair, String mark, int serverMajor) {
        this.pair = pair;
        this.mark = mark;
        this.knowsInvoker = serverMajor >= INVOKER_SINCE;
    }

    /**
     * To be called when table and columns have their new names.
     *
     * @param table as it was
     * @param columns new names by old ones, of those that have another one
     */
    void keep(Table table, String to, Map<String, String> columns) {
        String select = table.columns().stream()
                .map(Column::name)
                .map(old -> selected(old, columns.getOrDefault(old, old)))
                .collect(Collectors.joining(",\n       "));
        boolean asInvoker = table.rowSecurity() && knowsInvoker;
        String options = asInvoker ? " WITH (security_invoker = true)" : "";
        pair.change(
                "CREATE VIEW " + table.sql() + options + " AS\nSELECT " + select + "\nFROM " + table.sql(to),
                "DROP VIEW " + table.sql());
        pair.change(
                "COMMENT ON VIEW " + table.sql() + " IS "
                        + literal("The old name of " + to + ", for code that was not deployed yet. " + mark),
                "");
        table.otherDefaultGrantees()
                .forEach(grantee -> pair.change("REVOKE ALL ON " + table.sql() + " FROM " + grantee, ""));
        table.grants().forEach(grant -> pair.change(grant.on(table.sql()), ""));
        table.columns()
                .forEach(column ->
                        column.grants().forEach(grant -> pair.change(grant.on(table.sql(), quote(column.name())), "")));
        pair.change("ALTER VIEW " + table.sql() + " OWNER TO " + table.owner(), "");
        rights(table, asInvoker);
    }

    /** By default a view works with its owner's rights, for which no row policy holds. */
    private void rights(Table table, boolean asInvoker) {
        List<String> byColumn = table.columns().stream()
                .flatMap(column -> column.grants().stream())
                .map(Grant::grantee)
                .distinct()
                .toList();
        if (asInvoker && !byColumn.isEmpty()) {
            pair.limit("So that row policies hold for the old name too, it asks for the rights of who uses it, and then"
                    + " PostgreSQL wants a right to all its columns: " + String.join(", ", byColumn)
                    + ", with rights to"
                    + " single columns of " + table.sql() + ", cannot use it.");
        } else if (table.rowSecurity() && !asInvoker) {
            pair.limit("Row policies of " + table.sql()
                    + " do not hold for who comes by the old name: before PostgreSQL 15 a"
                    + " view reads with its owner's rights. Ask for \"keepOldNames\": false if that must not be.");
        }
    }

    private static String selected(String old, String name) {
        return name.equals(old) ? quote(old) : quote(name) + " AS " + quote(old);
    }
}
