package dev.belay.refresh;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.scope.Comparison;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What no rule can mask and so is not taken along: what ways back have kept, large objects, and the passwords for foreign
 * servers, through which the copy would lead back to where the originals are.
 */
record LeftOut(List<String> shown) {

    static final String USER_MAPPING = "user mapping";

    private static final String MAPPINGS = "SELECT 'DROP USER MAPPING FOR '"
            + " || CASE WHEN u.umuser = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(u.umuser)) END"
            + " || ' SERVER ' || quote_ident(s.srvname) FROM pg_user_mapping u JOIN pg_foreign_server s"
            + " ON s.oid = u.umserver ORDER BY 1";

    /** A transaction locks each large object it removes. */
    private static final String SOME_LARGE_OBJECTS = "SELECT count(lo_unlink(oid)) FROM (SELECT oid"
            + " FROM pg_largeobject_metadata ORDER BY oid LIMIT 1000) few";

    LeftOut {
        shown = List.copyOf(shown);
    }

    static LeftOut strip(DatabaseAddress copy) throws SQLException {
        List<String> shown = new ArrayList<>();
        try (Connection session = copy.open();
                Statement statement = session.createStatement()) {
            // Event triggers of the application are not asked.
            statement.execute("SET session_replication_role = replica");
            if (!ask(statement, "SELECT nspname FROM pg_namespace WHERE nspname = '" + Comparison.SALVAGE + "'")
                    .isEmpty()) {
                statement.execute("DROP SCHEMA " + quote(Comparison.SALVAGE) + " CASCADE");
                shown.add("the schema " + Comparison.SALVAGE);
            }
            long objects = 0;
            long some = Long.parseLong(ask(statement, SOME_LARGE_OBJECTS).get(0));
            while (some > 0) {
                objects += some;
                some = Long.parseLong(ask(statement, SOME_LARGE_OBJECTS).get(0));
            }
            if (objects > 0) {
                shown.add(objects + " large objects");
            }
            for (String mapping : ask(statement, MAPPINGS)) {
                statement.execute(mapping);
                shown.add(mapping.replace("DROP USER MAPPING FOR", "the user mapping for"));
            }
        }
        return new LeftOut(shown);
    }

    private static List<String> ask(Statement statement, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
