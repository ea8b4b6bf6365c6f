package dev.belay.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells tables and columns apart by what a rename does not change: the OID and the attnum. */
public final class Identities {

    private Identities() {}

    /** Every table, partitioned ones too, that is neither PostgreSQL's own nor an extension's; by OID. */
    public static List<TableIdentity> read(Connection connection) throws SQLException {
        List<TableIdentity> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(Sql.load("identities"))) {
            boolean more = rows.next();
            while (more) {
                long oid = rows.getLong("oid");
                String schema = rows.getString("schema");
                String name = rows.getString("name");
                List<ColumnIdentity> columns = new ArrayList<>();
                do {
                    // a table without columns has one row that names none
                    if (rows.getInt("attnum") > 0) {
                        columns.add(new ColumnIdentity(
                                rows.getInt("attnum"), rows.getString("attname"), rows.getString("type")));
                    }
                    more = rows.next();
                } while (more && rows.getLong("oid") == oid);
                tables.add(new TableIdentity(oid, schema, name, columns));
            }
        }
        return tables;
    }

    /** The same by the name under which a {@link Fingerprint} knows a table. The session's search path must be empty. */
    public static Map<String, TableIdentity> byName(Connection session) throws SQLException {
        Map<Long, TableIdentity> byOid = new TreeMap<>();
        read(session).forEach(table -> byOid.put(table.oid(), table));
        Map<String, TableIdentity> byName = new TreeMap<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT oid::bigint, oid::regclass::text FROM pg_class")) {
            while (rows.next()) {
                TableIdentity table = byOid.get(rows.getLong(1));
                if (table != null) {
                    byName.put(rows.getString(2), table);
                }
            }
        }
        return byName;
    }
}
