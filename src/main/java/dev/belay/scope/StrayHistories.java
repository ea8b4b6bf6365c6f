package dev.belay.scope;

import dev.belay.database.ManagedDatabase;
import dev.belay.database.Project;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** History tables of modules that the project does not have: one was left out of belay.yaml, or has gone from it. */
public final class StrayHistories {

    private static final String LIKE_FLYWAYS = "SELECT n.nspname || '.' || c.relname FROM pg_class c"
            + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^pg_'"
            + " AND (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname IN"
            + " ('installed_rank', 'version', 'script', 'checksum', 'installed_by', 'installed_on', 'success')) = 7"
            + " ORDER BY 1";

    private StrayHistories() {}

    /** One clause for a person; empty when there is none. */
    public static String clause(ManagedDatabase database, Project project) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection session = database.address().open();
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(LIKE_FLYWAYS)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        project.modules().forEach(module -> found.remove(module.schema() + "." + module.history()));
        return found.isEmpty() ? "" : "; no module of the project has the history " + String.join(", ", found);
    }
}
