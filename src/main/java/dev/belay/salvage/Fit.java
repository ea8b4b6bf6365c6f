package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** Tells whether a value of a column whose type the migration has changed is the same value in the older type. */
final class Fit {

    private final Connection session;

    Fit(Connection session) {
        this.session = session;
    }

    /** It does when the older type writes it alike, or gives it back unchanged. */
    boolean isSame(@Nullable String value, MergeColumn column, ColumnIdentity home) throws SQLException {
        if (value == null || !column.hasOtherType()) {
            return true;
        }
        String older = "?::text::" + home.type();
        return value.equals(ask(older + "::text", value))
                || (hasZone(home.type()) == hasZone(column.type())
                        && value.equals(ask("(" + older + ")::" + column.type() + "::text", value)));
    }

    /** What a moment is without its zone depends on the session in which the migration ran. */
    private static boolean hasZone(String type) {
        return type.contains("with time zone");
    }

    /** Null when PostgreSQL refuses. */
    private @Nullable String ask(String expression, String value) throws SQLException {
        Savepoint before = session.setSavepoint();
        try (PreparedStatement statement = session.prepareStatement("SELECT " + expression)) {
            statement.setString(1, value);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String written = row.getString(1);
                session.releaseSavepoint(before);
                return written;
            }
        } catch (SQLException e) {
            if (session.isClosed() || !session.isValid(1)) {
                throw e;
            }
            session.rollback(before);
            return null;
        }
    }
}
