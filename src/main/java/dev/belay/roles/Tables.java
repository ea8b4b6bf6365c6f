package dev.belay.roles;

import dev.belay.postgres.Identifiers;
import dev.belay.sql.Words;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables that a declaration names, found in the database once each. */
final class Tables {

    private final RoleSession session;
    private final Map<String, Table> found = new HashMap<>();

    private Tables(RoleSession session) {
        this.session = session;
    }

    /**
     * A table or view.
     *
     * @param schemaSql its schema's name, as it is written in SQL
     * @param sql its name with its schema, as it is written in SQL
     * @param shown the same for a person
     * @param columns their names, as the server stores them
     * @param sequences those that fill its columns and need a privilege of their own, by their oid
     */
    record Table(
            String oid,
            String schema,
            String schemaSql,
            String sql,
            String shown,
            List<String> columns,
            List<String> sequences) {

        Table {
            columns = List.copyOf(columns);
            sequences = List.copyOf(sequences);
        }
    }

    /** Finds every one, and says of each that is not there that it is not. */
    static Tables find(RoleSession session, List<String> written, RoleChanges changes) throws SQLException {
        Tables tables = new Tables(session);
        for (String name : written) {
            tables.look(name, changes);
        }
        return tables;
    }

    /** The table of that written name, which was found. */
    Table get(String written) {
        return Objects.requireNonNull(found.get(written));
    }

    boolean has(String written) {
        return found.containsKey(written);
    }

    private void look(String written, RoleChanges changes) throws SQLException {
        String quoted = Words.name(written).stream().map(Identifiers::quote).collect(Collectors.joining("."));
        List<List<@Nullable String>> rows = session.rows(
                "SELECT c.oid::text, n.nspname, format('%I.%I', n.nspname, c.relname), n.nspname || '.' || c.relname,"
                        + " c.relkind IN ('r', 'p', 'v', 'm', 'f'), quote_ident(n.nspname) FROM pg_class c JOIN pg_namespace n"
                        + " ON n.oid = c.relnamespace WHERE c.oid = to_regclass(?::text)",
                quoted);
        if (rows.isEmpty()) {
            changes.fault("there is no table " + written);
            return;
        }
        List<@Nullable String> row = rows.get(0);
        if (!"t".equals(row.get(4))) {
            changes.fault(written + " is neither a table nor a view");
            return;
        }
        String oid = Objects.requireNonNull(row.get(0));
        found.put(
                written,
                new Table(
                        oid,
                        Objects.requireNonNull(row.get(1)),
                        Objects.requireNonNull(row.get(5)),
                        Objects.requireNonNull(row.get(2)),
                        Objects.requireNonNull(row.get(3)),
                        session.column(
                                "SELECT attname FROM pg_attribute WHERE attrelid = ?::oid AND attnum > 0 AND NOT"
                                        + " attisdropped ORDER BY attnum",
                                oid),
                        // Deptype a is a column's own sequence; that of an identity column needs no privilege.
                        session.column(
                                "SELECT d.objid::text FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'"
                                        + " WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
                                        + " AND d.deptype = 'a' AND d.refobjid = ?::oid ORDER BY 1",
                                oid)));
    }
}
