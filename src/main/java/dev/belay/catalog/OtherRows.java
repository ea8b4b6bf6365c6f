package dev.belay.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of a database that are in no table of its own: those of its extensions' tables, and large objects. */
public final class OtherRows {

    private OtherRows() {}

    /**
     * How many there are and how they hash, by name; nothing of what has none. The session must be one of
     * {@link dev.belay.postgres.DatabaseAddress#open}.
     */
    public static SortedMap<String, TableHash> read(Connection session) throws SQLException {
        Set<String> own = new HashSet<>(Identities.byName(session).keySet());
        SortedMap<String, TableHash> others = new TreeMap<>();
        try (Statement statement = session.createStatement()) {
            try (ResultSet views =
                    statement.executeQuery("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'm'")) {
                while (views.next()) {
                    own.add(views.getString(1));
                }
            }
            for (RowQuery query : RowQuery.all(session)) {
                if (!own.contains(query.table())) {
                    TableHash hash = query.run(statement);
                    if (hash.rows() > 0) {
                        others.put(query.table(), hash);
                    }
                }
            }
        }
        return others;
    }
}
