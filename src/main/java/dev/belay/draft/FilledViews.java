package dev.belay.draft;

import dev.belay.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Whether materialised views are filled: a dump without rows leaves all of them empty, so that nobody could read them. */
public final class FilledViews {

    private static final String READ = """
            SELECT array_agg(n.nspname::text), array_agg(c.relname::text), array_agg(c.relispopulated)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'm'
            """;

    /** What pg_upgrade does too. A REFRESH would run the view's query, which may well fail without rows. */
    private static final String WRITE = """
            UPDATE pg_catalog.pg_class c SET relispopulated = other.filled
            FROM unnest(?, ?, ?) AS other(schema, name, filled), pg_catalog.pg_namespace n
            WHERE n.nspname = other.schema AND c.relnamespace = n.oid AND c.relname = other.name AND c.relkind = 'm'
            """;

    private FilledViews() {}

    /**
     * Makes those of a copy that another database has too what they are there.
     *
     * @param copy without rows, on the scratch server
     */
    public static void like(DatabaseAddress database, DatabaseAddress copy) throws SQLException {
        try (Connection from = database.open();
                PreparedStatement read = from.prepareStatement(READ);
                ResultSet views = read.executeQuery();
                Connection to = copy.open();
                PreparedStatement write = to.prepareStatement(WRITE)) {
            views.next();
            if (views.getArray(1) != null) {
                for (int i = 1; i <= 3; i++) {
                    write.setArray(i, views.getArray(i));
                }
                write.executeUpdate();
            }
        }
    }
}
