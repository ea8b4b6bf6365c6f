package dev.belay.postgres;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database's extensions in their versions: pg_dump leaves those out, so a copy would get the server's default ones. */
public final class Extensions {

    /** Those that others need come first. */
    private static final String INSTALLED = """
            WITH RECURSIVE needed(oid, depth) AS (
                SELECT oid, 0 FROM pg_catalog.pg_extension
                UNION
                SELECT d.refobjid, needed.depth + 1
                FROM needed
                JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_extension'::regclass AND d.objid = needed.oid
                    AND d.refclassid = 'pg_catalog.pg_extension'::regclass
            )
            SELECT e.extname, e.extversion, n.nspname
            FROM needed
            JOIN pg_catalog.pg_extension e ON e.oid = needed.oid
            JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
            GROUP BY e.oid, e.extname, e.extversion, n.nspname
            ORDER BY max(needed.depth) DESC, e.extname
            """;

    private Extensions() {}

    /** One extension and the schema its objects are in. */
    public record Extension(String name, String version, String schema) {}

    /** Those of the session's database, in an order in which they can be created. */
    public static List<Extension> read(Connection session) throws SQLException {
        List<Extension> found = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(INSTALLED)) {
            while (rows.next()) {
                found.add(new Extension(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return found;
    }

    /**
     * Creates them.
     *
     * @throws dev.belay.problem.ProblemException PREFLIGHT_REFUSED when the server cannot have one in that version
     */
    static void create(DatabaseAddress database, List<Extension> extensions) {
        try (Connection session = database.open();
                Statement statement = session.createStatement()) {
            for (Extension extension : extensions) {
                try {
                    statement.execute(sql(extension));
                } catch (SQLException e) {
                    throw ProblemType.PREFLIGHT_REFUSED.because(
                            "The database has the extension " + extension.name() + " in version " + extension.version()
                                    + ", and the server of the copy " + database + " cannot install that: "
                                    + e.getMessage()
                                    + ". Nothing was changed in the database itself. Install that version's"
                                    + " files there, or update the extension in the database (ALTER EXTENSION … UPDATE).",
                            e);
                }
            }
        } catch (SQLException e) {
            throw ProblemType.DATABASE_ERROR.because(
                    "The copy " + database + " cannot be reached: " + e.getMessage()
                            + ". Nothing was changed in the database itself.",
                    e);
        }
    }

    /** Creates them and, where they are not there, their schemas. */
    public static void createWithSchemas(DatabaseAddress database, List<Extension> extensions) throws SQLException {
        try (Connection session = database.open();
                Statement statement = session.createStatement()) {
            for (Extension extension : extensions) {
                if (!extension.schema().startsWith("pg_")) {
                    statement.execute("CREATE SCHEMA IF NOT EXISTS " + quote(extension.schema()));
                }
            }
        }
        create(database, extensions);
    }

    /** What creates them; their schemas must be there. */
    public static List<String> statements(List<Extension> extensions) {
        return extensions.stream().map(Extensions::sql).toList();
    }

    private static String sql(Extension extension) {
        return "CREATE EXTENSION IF NOT EXISTS " + quote(extension.name()) + " WITH SCHEMA " + quote(extension.schema())
                + " VERSION " + literal(extension.version());
    }
}
