package dev.belay.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a database's catalog as text that a copy by {@code pg_dump} and {@code pg_restore} has too, and that differs when
 * anything was changed. What PostgreSQL itself or an extension brought along is left out.
 *
 * <p>Not seen, because no dump carries it: tablespaces, disabled triggers of foreign keys, who granted a privilege, who
 * owns an extension. Not seen either: the order of columns that an inheritance child has from its parents, and secrets
 * in options of foreign servers.
 */
public final class CatalogReader {

    private static final List<String> KINDS = List.of(
            "schemas",
            "tables",
            "columns",
            "indexes",
            "constraints",
            "triggers",
            "functions",
            "types",
            "sequences",
            "operators",
            "text_search",
            "foreign_data",
            "replication",
            "others",
            "privileges");

    private CatalogReader() {}

    /**
     * Reads within the connection's transaction, or in one of its own if it has none. Inside a transaction that changes
     * the schema it reads what that transaction has made of it.
     */
    public static Catalog read(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            return readPinned(connection);
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return readPinned(connection);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @SuppressWarnings("try") // it is there for what it does when it is closed
    private static Catalog readPinned(Connection connection) throws SQLException {
        List<CatalogObject> objects = new ArrayList<>();
        try (PinnedText pinned = PinnedText.in(connection);
                Statement statement = connection.createStatement()) {
            for (String kind : KINDS) {
                try (ResultSet rows = statement.executeQuery(Sql.load(kind))) {
                    while (rows.next()) {
                        objects.add(new CatalogObject(
                                rows.getString(1),
                                rows.getString(2),
                                NestedBooleans.flattened(ArrayCasts.unified(rows.getString(3)))));
                    }
                }
            }
        }
        return new Catalog(objects);
    }
}
