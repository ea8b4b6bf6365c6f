package dev.belay.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One state of a database that several sessions read at the same time, while applications go on writing. It holds back
 * vacuum for as long as it is open.
 */
public final class ExportedSnapshot implements AutoCloseable {

    private final Connection session;
    private final String name;

    private ExportedSnapshot(Connection session, String name) {
        this.session = session;
        this.name = name;
    }

    /** Takes a snapshot now, on a session that this object owns from here on. */
    public static ExportedSnapshot take(Connection session) throws SQLException {
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            try (ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
                row.next();
                return new ExportedSnapshot(session, row.getString(1));
            }
        }
    }

    /** For {@code SET TRANSACTION SNAPSHOT} and {@code pg_dump --snapshot}. */
    public String name() {
        return name;
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
